import { html, type Markup } from '@loadlab/foundation/page';

/** A figure that a program may read from the page: its path in the record, its value there, and its text for people. */
export function metric(path: string, value: number | undefined, text: string): Markup {
  return html`<span class="metric" data-metric="${path}" data-value="${value}">${text}</span>`;
}

/** As `metric`, in large type: the number stands out from its unit and from an "at least" before it. */
export function bigMetric(path: string, value: number | undefined, text: string): Markup {
  const [, before = '', number = text, unit = ''] = /^(at least )?(\S*\d\S*)(?: (.*))?$/.exec(text) ?? [];
  const prominent = /\d/.test(text) && value !== undefined;
  return prominent
    ? html`<span class="metric big" data-metric="${path}" data-value="${value}"
        >${before === '' ? undefined : html`<small class="before">${before}</small>`}${number}<small
          >&#8239;${unit}</small
        ></span
      >`
    : html`<span class="metric big none" data-metric="${path}">${text}</span>`;
}

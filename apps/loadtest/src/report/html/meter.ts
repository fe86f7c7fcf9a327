import { html, type Markup } from '@loadlab/foundation/page';

/** A bar that fills from 0 to 1, with a notch where the limit is; its colour says on which side of it the level should be. */
export function meter(level: number, judged?: { readonly limit: number; readonly good: boolean }): Markup {
  const width = Number((Math.min(1, Math.max(0, level)) * 100).toFixed(1));
  const look = judged === undefined ? '' : judged.good ? 'good' : 'bad';
  return html`<svg class="meter ${look}" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="6" />
    <rect class="level" width="${width}" height="6" />
    ${
      judged === undefined
        ? undefined
        : html`<rect class="notch" x="${Number((judged.limit * 100).toFixed(1))}" width="0.8" height="6" />`
    }
  </svg>`;
}

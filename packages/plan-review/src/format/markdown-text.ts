import { visible, visibleLine } from './visible';

/** Text as code that can be no markup, neither HTML nor Markdown nor a mention, in a paragraph, a table or a summary. */
export function code(text: string): string {
  return `<code>${visibleLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[*_[\]`~@#|\\]|:(?=\/\/)|w(?=ww\.)/gi, (sign) => `&#${sign.charCodeAt(0)};`)}</code>`;
}

/** Lines in a block of code that nothing in them can close. */
export function fenced(language: string, text: string): string {
  const shown = text.split('\n').map(visible).join('\n');
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length + 1);
  const fence = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run), 3));
  return `\n${fence}${language}\n${shown}\n${fence}\n`;
}

/** Colours of the light page, and of the dark one: by the reader's system, or by the page's own switch. Paper is light. */
const LIGHT = `
  color-scheme: light;
  --page: #f4f6f9; --card: #ffffff; --ink: #14202e; --soft: #566578; --faint: #8593a4; --line: #e2e7ee; --track: #e8ecf2;
  --good: #11795a; --good-tint: #e2f4ec; --bad: #b3261e; --bad-tint: #fdeae8; --warn: #8a5a00; --warn-tint: #fdf2dc;
  --target: #2457d6; --direct: #0b8577; --tail: #c2410c; --offered: #7b8794; --shadow: 0 1px 2px #14202e0f, 0 4px 16px #14202e0a;`;
const DARK = `
  color-scheme: dark;
  --page: #0d1219; --card: #151c26; --ink: #e7edf5; --soft: #9fadbf; --faint: #71819a; --line: #26303e; --track: #232d3a;
  --good: #5fd0a5; --good-tint: #12332a; --bad: #ff8a80; --bad-tint: #3d1c1c; --warn: #f2c069; --warn-tint: #38290e;
  --target: #7ea6ff; --direct: #46cdb9; --tail: #ff9a5c; --offered: #8b98a9; --shadow: none;`;

/** Colours by the reader's system, or by the page's own switch (`data-theme`); `more` adds a page's own to each. */
export function pageColors(more: { readonly light: string; readonly dark: string } = { light: '', dark: '' }): string {
  return `
:root {${LIGHT}${more.light}}
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=light]) {${DARK}${more.dark}} }
@media screen { :root[data-theme=dark] {${DARK}${more.dark}} }`;
}

/** What all pages of the house look like: type, cards, tables, verdicts. System fonts only: a page loads nothing. */
export const HOUSE_STYLE = `
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
.page { max-width: 1120px; margin: 0 auto; padding: 28px 24px 64px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.02em; font-weight: 680; overflow-wrap: anywhere; }
h2 { font-size: 19px; line-height: 1.3; letter-spacing: -.01em; font-weight: 650; }
h3 { font-size: 16px; font-weight: 650; }
small { font-size: 13px; color: var(--soft); }
ul.plain { padding-left: 20px; } ul.plain li { margin: 4px 0; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 16px; font-size: 14px; color: var(--soft); }
.brand { display: flex; gap: 10px; align-items: center; font-weight: 650; color: var(--ink); letter-spacing: -.01em; }
.brand svg { width: 22px; height: 22px; }
.top button { font: inherit; color: var(--soft); background: var(--card); border: 1px solid var(--line); border-radius: 999px; padding: 4px 14px; cursor: pointer; }
.top button:hover { color: var(--ink); } button:focus-visible, summary:focus-visible { outline: 2px solid var(--target); outline-offset: 2px; }
.eyebrow { margin-top: 26px; font-size: 13px; font-weight: 600; color: var(--target); letter-spacing: .01em; }
nav { display: flex; flex-wrap: wrap; gap: 2px 20px; font-size: 14px; padding: 0 2px; } nav a { color: var(--soft); text-decoration: none; padding: 2px 0; border-bottom: 1px solid transparent; } nav a:hover { color: var(--target); border-color: currentColor; }
.lead { color: var(--soft); margin-top: 6px; max-width: 78ch; overflow-wrap: anywhere; }
.verdict { display: flex; gap: 14px; align-items: flex-start; border-radius: 14px; padding: 16px 20px; }
.verdict .mark { flex: none; width: 30px; height: 30px; border-radius: 50%; display: grid; place-items: center; font-weight: 700; color: var(--card); background: var(--state); margin-top: 2px; }
.verdict strong { font-size: 18px; line-height: 1.4; letter-spacing: -.01em; color: var(--state); } .verdict ul { margin-top: 6px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; box-shadow: var(--shadow); min-width: 0; }
.card > h2 { margin-bottom: 10px; }
details { margin-top: 12px; font-size: 14px; } summary { cursor: pointer; color: var(--soft); width: fit-content; border-radius: 4px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: right; padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; } tbody th { font-weight: 500; white-space: normal; min-width: 9em; }
.pill { display: inline-block; border-radius: 999px; padding: 0 10px; font-size: 13px; font-weight: 600; } .pill.good { background: var(--good-tint); color: var(--good); } .pill.bad { background: var(--bad-tint); color: var(--bad); }
.foot { color: var(--faint); font-size: 13px; overflow-wrap: anywhere; } .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; } .address { overflow-wrap: anywhere; }
@media (max-width: 640px) { .page { padding: 18px 14px 40px; gap: 14px; } h1 { font-size: 24px; } .card { padding: 18px 16px; } .verdict { padding: 14px 16px; align-items: flex-start; } th, td { padding: 8px 8px; } }
@media print { body { background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; font-size: 11pt; } .page { padding: 0; max-width: none; gap: 12px; } .card { box-shadow: none; break-inside: avoid; padding: 12px 14px; } nav, .top button { display: none; } h2 { break-after: avoid; } }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;

/** Colours of the light page, and of the dark one: by the reader's system, or by the page's own switch. Paper is light. */
const LIGHT = `
  color-scheme: light;
  --page: #f4f6f9; --card: #ffffff; --ink: #14202e; --soft: #566578; --faint: #8593a4; --line: #e2e7ee; --track: #e8ecf2;
  --good: #11795a; --good-tint: #e2f4ec; --bad: #b3261e; --bad-tint: #fdeae8; --warn: #8a5a00; --warn-tint: #fdf2dc;
  --target: #2457d6; --direct: #0b8577; --tail: #c2410c; --offered: #7b8794; --shadow: 0 1px 2px #14202e0f, 0 4px 16px #14202e0a;
  --f-status4xx: #b08900; --f-status429: #e08a00; --f-status5xx: #d1411e; --f-timeout: #7c4dcc; --f-connect: #1692d0;
  --f-reset: #145da0; --f-tls: #c0579a; --f-protocol: #6b7480; --f-content: #0f8a5f;`;
const DARK = `
  color-scheme: dark;
  --page: #0d1219; --card: #151c26; --ink: #e7edf5; --soft: #9fadbf; --faint: #71819a; --line: #26303e; --track: #232d3a;
  --good: #5fd0a5; --good-tint: #12332a; --bad: #ff8a80; --bad-tint: #3d1c1c; --warn: #f2c069; --warn-tint: #38290e;
  --target: #7ea6ff; --direct: #46cdb9; --tail: #ff9a5c; --offered: #8b98a9; --shadow: none;
  --f-status4xx: #e0bd45; --f-status429: #ffb347; --f-status5xx: #ff7a59; --f-timeout: #b592ff; --f-connect: #5cc2f5;
  --f-reset: #6ea8e8; --f-tls: #ee93c9; --f-protocol: #98a3b0; --f-content: #57cfa0;`;

const FAILURE_CLASSES = [
  'status4xx',
  'status429',
  'status5xx',
  'timeout',
  'connect',
  'reset',
  'tls',
  'protocol',
  'content',
];

/** The page's style sheet. System fonts only: the page loads nothing. */
export const PAGE_STYLE = `
:root {${LIGHT}}
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=light]) {${DARK}} }
@media screen { :root[data-theme=dark] {${DARK}} }
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
.page { max-width: 1120px; margin: 0 auto; padding: 28px 24px 64px; display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
h1, h2, h3, p, dl, dd, ul, figure { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -.02em; font-weight: 680; overflow-wrap: anywhere; }
h2 { font-size: 19px; line-height: 1.3; letter-spacing: -.01em; font-weight: 650; }
h3 { font-size: 16px; font-weight: 650; }
p + p, p + h3, ul + h3, .scroll + h3, .checks + h3 { margin-top: 12px; }
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
.verdict.passed { background: var(--good-tint); --state: var(--good); }
.verdict.missed, .verdict.invalid { background: var(--bad-tint); --state: var(--bad); }
.verdict.interrupted { background: var(--warn-tint); --state: var(--warn); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 22px 24px; box-shadow: var(--shadow); min-width: 0; }
.card > h2 { margin-bottom: 10px; }
.cards { display: grid; gap: 16px; grid-template-columns: repeat(5, minmax(0, 1fr)); } .cards.four { grid-template-columns: repeat(4, minmax(0, 1fr)); }
.key { padding: 18px 20px; display: flex; flex-direction: column; } .key .last { margin-top: auto; padding-top: 4px; } .key h2 { font-size: 13px; font-weight: 600; color: var(--soft); letter-spacing: 0; margin-bottom: 6px; }
.key.wide { grid-column: span 2; } .key.full { grid-column: 1 / -1; }
.trio { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 12px; }
.trio dt { font-size: 13px; color: var(--soft); }
.big { font-size: 27px; line-height: 1.3; font-weight: 650; letter-spacing: -.03em; white-space: nowrap; } .big .before { display: block; line-height: 1; } .big small { font-size: 14px; font-weight: 500; letter-spacing: 0; }
.bad .big, .bad .big small { color: var(--bad); } .big.none { font-size: 15px; letter-spacing: 0; font-weight: 500; color: var(--soft); white-space: normal; }
.aside { font-size: 13px; line-height: 1.45; color: var(--soft); margin-top: 4px; } .trio + .aside { margin-top: 10px; }
.group { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); } .group > h2 { margin: 12px 0 -6px; font-size: 22px; }
.figure figcaption p { color: var(--soft); font-size: 14px; max-width: 86ch; margin-top: 2px; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; font-size: 13px; color: var(--soft); margin: 10px 0 4px; }
.swatch { display: inline-block; width: 18px; height: 0; border-top: 3px solid; border-radius: 2px; vertical-align: middle; margin-right: 7px; }
.swatch.dashed { border-top-style: dashed; border-radius: 0; } .swatch.bars { width: 11px; height: 11px; border: 0; background: currentColor; border-radius: 3px; }
.plot { position: relative; } .chart { display: block; width: 100%; height: auto; touch-action: pan-y; } .chart.narrow { display: none; }
.axis text, .mark text { font-size: 12px; fill: var(--soft); } .axis .name { fill: var(--faint); } .mark text { fill: var(--faint); font-size: 11px; }
.axis .grid { stroke: var(--line); } .axis .base, .axis .tick { stroke: var(--faint); }
.mark line { stroke: var(--faint); stroke-dasharray: 2 4; } .crosshair { stroke: var(--faint); visibility: hidden; }
path.line, path.dashed { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
path.dashed { stroke-dasharray: 5 5; stroke-linecap: butt; } path.area, path.steps { fill: currentColor; opacity: .13; } .bar rect { fill: currentColor; }
.target { color: var(--target); } .direct { color: var(--direct); } .tail { color: var(--tail); } .offered { color: var(--offered); }
path.line.tail { stroke-width: 1.5; }
${FAILURE_CLASSES.map((name) => `.failure-${name} { color: var(--f-${name}); }`).join(' ')}
.readout { position: absolute; top: 14px; pointer-events: none; background: var(--card); border: 1px solid var(--line); border-radius: 9px; box-shadow: 0 4px 18px #0003; padding: 7px 11px; font-size: 13px; line-height: 1.5; white-space: nowrap; }
.readout b { display: block; font-weight: 600; } .readout span { color: var(--soft); }
details { margin-top: 12px; font-size: 14px; } summary { cursor: pointer; color: var(--soft); width: fit-content; border-radius: 4px; }
details .scroll { max-height: 320px; overflow: auto; margin-top: 8px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { text-align: right; padding: 8px 12px; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th:first-child { text-align: left; padding-left: 0; } td:last-child, th:last-child { padding-right: 0; } tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--soft); font-weight: 500; font-size: 13px; } tbody th { font-weight: 500; white-space: normal; min-width: 9em; }
td.none { color: var(--faint); } td small, th small { display: block; font-weight: 400; } td.words, th.words { text-align: left; } td.words { white-space: normal; overflow-wrap: anywhere; min-width: 16em; } .words small { display: inline; }
.overhead th[scope=row] { max-width: 30em; } .objectives td { vertical-align: middle; } .objectives .bar { width: 34%; } .objectives .meter { margin: 0; } .objectives td { white-space: normal; }
.pill { display: inline-block; border-radius: 999px; padding: 0 10px; font-size: 13px; font-weight: 600; } .pill.good { background: var(--good-tint); color: var(--good); } .pill.bad { background: var(--bad-tint); color: var(--bad); }
.checks { list-style: none; display: grid; gap: 10px; margin-top: 12px; } .checks li { display: flex; gap: 12px; color: var(--soft); }
.checks strong { color: var(--ink); font-weight: 600; display: block; } .checks .mark { flex: none; width: 22px; height: 22px; border-radius: 50%; display: grid; place-items: center; font-size: 13px; font-weight: 700; margin-top: 1px; }
.checks .good .mark { background: var(--good-tint); color: var(--good); } .checks .bad .mark { background: var(--bad-tint); color: var(--bad); } .checks .note .mark { background: var(--warn-tint); color: var(--warn); font-family: Georgia, serif; font-style: italic; }
.two { display: grid; gap: 20px; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; }
.meters { display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); margin-top: 10px; } .meters dt { font-size: 13px; color: var(--soft); } .meters dd { font-weight: 600; }
.meter { display: block; width: 100%; height: 6px; margin-top: 5px; border-radius: 3px; } .meter .track { fill: var(--track); } .meter .level { fill: var(--offered); } .meter.good .level { fill: var(--good); } .meter.bad .level { fill: var(--bad); } .meter .notch { fill: var(--ink); }
.facts > div, .terms > div { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 4px 20px; padding: 8px 0; border-bottom: 1px solid var(--line); font-size: 14px; } .facts > div:last-child, .terms > div:last-child { border-bottom: 0; }
.facts dt, .terms dt { color: var(--soft); } .terms dt { color: var(--ink); font-weight: 600; } .terms dd { color: var(--soft); } .facts dd { overflow-wrap: anywhere; }
.foot { color: var(--faint); font-size: 13px; overflow-wrap: anywhere; } .unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; } .address { overflow-wrap: anywhere; }
@media (max-width: 1000px) { .cards, .cards.four { grid-template-columns: repeat(6, minmax(0, 1fr)); } .five .key { grid-column: span 2; } .four .key { grid-column: span 3; } .cards .key.wide, .cards .key.full { grid-column: span 6; } .two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 640px) {
  .page { padding: 18px 14px 40px; gap: 14px; } .group { gap: 14px; } h1 { font-size: 24px; } .card { padding: 18px 16px; } .verdict { padding: 14px 16px; align-items: flex-start; }
  .cards, .cards.four { gap: 12px; grid-template-columns: repeat(2, minmax(0, 1fr)); } .cards .key { grid-column: span 1; } .cards .key.wide, .cards .key.full { grid-column: span 2; } .key { padding: 14px 16px; } .big { font-size: 22px; } .big small { font-size: 12px; } .trio { gap: 6px; } .trio .aside { font-size: 12px; } .objectives .bar, .objectives th:nth-child(2) { display: none; } .objectives tbody th { min-width: 0; }
  .chart.wide { display: none; } .chart.narrow { display: block; } .facts > div, .terms > div { grid-template-columns: minmax(0, 1fr); gap: 0; } th, td { padding: 8px 8px; } tbody th { min-width: 6em; } td.words { min-width: 11em; } .cards.five .key:nth-child(4) { grid-column: span 2; }
}
@media (max-width: 360px) { .page { padding: 14px 10px 32px; } .big { font-size: 18px; } .key { padding: 12px; } .trio { gap: 4px; } }
@media print {
  body { background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; font-size: 11pt; } .page { padding: 0; max-width: none; gap: 12px; } .card { box-shadow: none; break-inside: avoid; padding: 12px 14px; } nav, .top button, details, .readout { display: none; }
  .chart.wide { display: block; } .chart.narrow { display: none; } h2 { break-after: avoid; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;

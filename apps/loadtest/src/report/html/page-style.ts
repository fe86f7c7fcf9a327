import { HOUSE_STYLE, pageColors } from '@loadlab/foundation/page';

const COLORS = {
  light: `
  --f-status4xx: #b08900; --f-status429: #e08a00; --f-status5xx: #d1411e; --f-timeout: #7c4dcc; --f-connect: #1692d0;
  --f-reset: #145da0; --f-tls: #c0579a; --f-protocol: #6b7480; --f-content: #0f8a5f;`,
  dark: `
  --f-status4xx: #e0bd45; --f-status429: #ffb347; --f-status5xx: #ff7a59; --f-timeout: #b592ff; --f-connect: #5cc2f5;
  --f-reset: #6ea8e8; --f-tls: #ee93c9; --f-protocol: #98a3b0; --f-content: #57cfa0;`,
};

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
${pageColors(COLORS)}${HOUSE_STYLE}
p + p, p + h3, ul + h3, .scroll + h3, .checks + h3 { margin-top: 12px; }
.verdict.passed { background: var(--good-tint); --state: var(--good); }
.verdict.missed, .verdict.invalid { background: var(--bad-tint); --state: var(--bad); }
.verdict.interrupted { background: var(--warn-tint); --state: var(--warn); }
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
details .scroll { max-height: 320px; overflow: auto; margin-top: 8px; }
th:first-child { text-align: left; padding-left: 0; } td:last-child, th:last-child { padding-right: 0; } tbody tr:last-child > * { border-bottom: 0; }
td.none { color: var(--faint); } td small, th small { display: block; font-weight: 400; } td.words, th.words { text-align: left; } td.words { white-space: normal; overflow-wrap: anywhere; min-width: 16em; } .words small { display: inline; }
.overhead th[scope=row] { max-width: 30em; } .objectives td { vertical-align: middle; } .objectives .bar { width: 34%; } .objectives .meter { margin: 0; } .objectives td { white-space: normal; }
.checks { list-style: none; display: grid; gap: 10px; margin-top: 12px; } .checks li { display: flex; gap: 12px; color: var(--soft); }
.checks strong { color: var(--ink); font-weight: 600; display: block; } .checks .mark { flex: none; width: 22px; height: 22px; border-radius: 50%; display: grid; place-items: center; font-size: 13px; font-weight: 700; margin-top: 1px; }
.checks .good .mark { background: var(--good-tint); color: var(--good); } .checks .bad .mark { background: var(--bad-tint); color: var(--bad); } .checks .note .mark { background: var(--warn-tint); color: var(--warn); font-family: Georgia, serif; font-style: italic; }
.two { display: grid; gap: 20px; grid-template-columns: repeat(2, minmax(0, 1fr)); align-items: start; }
.meters { display: grid; gap: 12px 24px; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); margin-top: 10px; } .meters dt { font-size: 13px; color: var(--soft); } .meters dd { font-weight: 600; }
.meter { display: block; width: 100%; height: 6px; margin-top: 5px; border-radius: 3px; } .meter .track { fill: var(--track); } .meter .level { fill: var(--offered); } .meter.good .level { fill: var(--good); } .meter.bad .level { fill: var(--bad); } .meter .notch { fill: var(--ink); }
.facts > div, .terms > div { display: grid; grid-template-columns: 170px minmax(0, 1fr); gap: 4px 20px; padding: 8px 0; border-bottom: 1px solid var(--line); font-size: 14px; } .facts > div:last-child, .terms > div:last-child { border-bottom: 0; }
.facts dt, .terms dt { color: var(--soft); } .terms dt { color: var(--ink); font-weight: 600; } .terms dd { color: var(--soft); } .facts dd { overflow-wrap: anywhere; }
@media (max-width: 1000px) { .cards, .cards.four { grid-template-columns: repeat(6, minmax(0, 1fr)); } .five .key { grid-column: span 2; } .four .key { grid-column: span 3; } .cards .key.wide, .cards .key.full { grid-column: span 6; } .two { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 640px) {
  .group { gap: 14px; } #published td { white-space: normal; }
  .cards, .cards.four { gap: 12px; grid-template-columns: repeat(2, minmax(0, 1fr)); } .cards .key { grid-column: span 1; } .cards .key.wide, .cards .key.full { grid-column: span 2; } .key { padding: 14px 16px; } .big { font-size: 22px; } .big small { font-size: 12px; } .trio { gap: 6px; } .trio .aside { font-size: 12px; } .objectives .bar, .objectives th:nth-child(2) { display: none; } .objectives tbody th { min-width: 0; }
  .chart.wide { display: none; } .chart.narrow { display: block; } .facts > div, .terms > div { grid-template-columns: minmax(0, 1fr); gap: 0; } tbody th { min-width: 6em; } td.words { min-width: 11em; } .cards.five .key:nth-child(4) { grid-column: span 2; }
}
@media (max-width: 360px) { .page { padding: 14px 10px 32px; } .big { font-size: 18px; } .key { padding: 12px; } .trio { gap: 4px; } }
@media print {
  details, .readout { display: none; }
  .chart.wide { display: block; } .chart.narrow { display: none; }
}
`;

import { HOUSE_STYLE, pageColors } from '@loadlab/foundation/page';

const COLORS = {
  light:
    '\n  --critical: #b3261e; --critical-tint: #fdeae8; --high: #b4500a; --high-tint: #fdeede; --medium: #7d5f00; --medium-tint: #fbf3d9; --low: #11795a; --low-tint: #e2f4ec; --none: #566578; --none-tint: #e8ecf2;',
  dark: '\n  --critical: #ff8a80; --critical-tint: #3d1c1c; --high: #ffab70; --high-tint: #3a2411; --medium: #e5c454; --medium-tint: #332b10; --low: #5fd0a5; --low-tint: #12332a; --none: #9fadbf; --none-tint: #232d3a;',
};
const RISKS = ['critical', 'high', 'medium', 'low', 'none'];

/** The page's style: the house's, with colours by risk. */
export const REVIEW_STYLE = `
${pageColors(COLORS)}${HOUSE_STYLE}
${RISKS.map((risk) => `.${risk} { --risk: var(--${risk}); --tint: var(--${risk}-tint); }`).join(' ')}
code { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.top span { overflow-wrap: anywhere; } .top .brand { flex: none; } .flow { display: grid; gap: 20px; grid-template-columns: minmax(0, 1fr); }
.verdict { background: var(--tint); --state: var(--risk); border-left: 6px solid var(--risk); padding: 22px 26px; display: block; }
.verdict .word { display: inline-block; background: var(--risk); color: var(--card); font-size: 13px; font-weight: 700; letter-spacing: .07em; text-transform: uppercase; padding: 3px 12px; border-radius: 999px; }
.verdict .policy { display: inline-block; margin-left: 8px; border: 1.5px solid var(--critical); color: var(--critical); font-size: 13px; font-weight: 650; padding: 1.5px 12px; border-radius: 999px; }
.verdict h1 { margin-top: 12px; font-size: 28px; } .verdict p { color: var(--soft); margin-top: 6px; }
.figures { display: grid; gap: 16px; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); }
.figures .card { padding: 16px 20px; } .figures h2 { font-size: 13px; font-weight: 600; color: var(--soft); letter-spacing: 0; margin: 0 0 6px; }
.figures .big { font-size: 26px; font-weight: 650; letter-spacing: -.02em; line-height: 1.25; } .figures .aside { color: var(--soft); font-size: 13px; }
.tally { display: flex; flex-wrap: wrap; gap: 4px 14px; list-style: none; font-size: 14px; color: var(--soft); } .tally b { font-size: 20px; font-weight: 650; color: var(--ink); }
.tally .delete b { color: var(--critical); } .tally .replace b { color: var(--high); } .tally .create b { color: var(--low); } .tally .update b { color: var(--medium); }
.attention { list-style: none; display: grid; gap: 10px; } .attention li { display: grid; grid-template-columns: 112px minmax(0, 1fr); gap: 2px 14px; align-items: baseline; }
.attention .pill { background: var(--tint); color: var(--risk); justify-self: start; } .attention small { grid-column: 2; overflow-wrap: anywhere; } .attention strong { font-weight: 600; overflow-wrap: anywhere; }
.risks { display: grid; gap: 14px; grid-template-columns: minmax(0, 1fr); } .risks > h2 { margin-top: 8px; }
.changes { display: grid; gap: 8px; grid-template-columns: minmax(0, 1fr); }
.change { margin: 0; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--risk, var(--line)); border-radius: 10px; box-shadow: var(--shadow); font-size: 15px; }
.change > summary { display: flex; gap: 4px 12px; align-items: baseline; flex-wrap: wrap; width: auto; padding: 10px 16px; color: var(--ink); list-style-position: inside; border-radius: 10px; }
.change > summary code { font-weight: 600; min-width: 0; } .change > summary .stack { color: var(--soft); font-size: 13px; } .change > summary .do { color: var(--risk); font-weight: 650; min-width: 4.4em; }
.change > summary::-webkit-details-marker { display: none; } .change > summary::before { content: '\\25B8'; color: var(--faint); font-size: 12px; } .change[open] > summary::before { content: '\\25BE'; }
.body { padding: 0 16px 14px; } .facts { list-style: none; display: grid; gap: 4px; margin: 0 0 10px; color: var(--soft); overflow-wrap: anywhere; } .facts .widened { color: var(--high); font-weight: 600; } .facts .interrupts { color: var(--medium); font-weight: 600; } .facts .narrowed { color: var(--low); }
.lines { margin: 0; border-radius: 8px; border: 1px solid var(--line); overflow: auto; max-height: 420px; font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; padding: 6px 0; }
.lines span { display: block; padding: 0 12px; white-space: pre-wrap; overflow-wrap: anywhere; } .lines .gone { background: var(--bad-tint); } .lines .come { background: var(--good-tint); } .lines .fold { color: var(--soft); } .foot { color: var(--soft); } .swipe { display: none; }
.lines b { font-weight: 600; } .lines del { text-decoration: none; background: var(--bad-tint); border-radius: 3px; padding: 0 3px; } .lines ins { text-decoration: none; background: var(--good-tint); border-radius: 3px; padding: 0 3px; }
.rest > summary { padding: 6px 2px; } .rest .changes { margin-top: 8px; }
td, th { text-align: left; white-space: normal; overflow-wrap: anywhere; } th:first-child, td:first-child { padding-left: 0; } td.number, th.number { text-align: right; white-space: nowrap; } .more { color: var(--critical); } .less { color: var(--low); } tfoot td { font-weight: 650; border-bottom: 0; }
.graph { display: block; } .graph .box { fill: var(--card); stroke: var(--line); } .graph .changed .box { fill: var(--tint); stroke: var(--risk); stroke-width: 1.5; }
.graph text { fill: var(--ink); font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; } .graph .mark { fill: var(--risk); font-weight: 700; } .graph .title { fill: var(--soft); font: 600 13px system-ui, sans-serif; } .graph .still text { fill: var(--soft); }
.graph path { fill: none; stroke: var(--risk); stroke-opacity: .45; stroke-width: 1.5; }
@media (max-width: 640px) { .verdict { padding: 18px 16px; } .verdict h1 { font-size: 22px; } .verdict .policy { margin: 8px 0 0; } .attention li { grid-template-columns: minmax(0, 1fr); } .attention small { grid-column: 1; } .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 12px; } .figures .card { padding: 12px 14px; } .figures .wide { grid-column: 1 / -1; } .swipe { display: block; } }
@media print { .change::details-content { content-visibility: visible; block-size: auto; } .figures .wide { grid-column: 1 / -1; } .change > summary::before, .change[open] > summary::before { content: none; } .lines { max-height: none; overflow: visible; } .change { break-inside: avoid; box-shadow: none; } .graph { max-width: 100%; height: auto; } .figures { grid-template-columns: repeat(3, minmax(0, 1fr)); } }
`;

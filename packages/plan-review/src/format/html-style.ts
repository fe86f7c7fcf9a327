/** The page's style: system fonts, colours by risk, light and dark by the reader's setting. */
export const STYLE = `
:root { color-scheme: light dark; --bg: #fbfbfa; --fg: #1c1e21; --dim: #6a7078; --line: #dfe1e4; --card: #fff; --critical: #b3261e; --high: #c4570b; --medium: #8f6a00; --low: #1f7a3d; --none: #6a7078; --del: #fbe9e7; --ins: #e6f4ea; }
@media (prefers-color-scheme: dark) { :root { --bg: #15171a; --fg: #e6e8ea; --dim: #9aa1a9; --line: #30343a; --card: #1c1f23; --critical: #ff8a80; --high: #ffab70; --medium: #e5c454; --low: #7fd19b; --none: #9aa1a9; --del: #3a1f1d; --ins: #17301f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1080px; padding: 24px 20px 60px; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
code { font: 13px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
header { border-left: 6px solid var(--risk); padding: 4px 0 4px 18px; margin-bottom: 28px; }
header .risk { margin: 0; color: var(--risk); font-weight: 700; text-transform: uppercase; letter-spacing: .08em; font-size: 13px; }
h1 { margin: 2px 0 6px; font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
header p { margin: 2px 0; }
.counts { font-weight: 600; } .cost, .stack, .empty, footer { color: var(--dim); }
h2 { font-size: 17px; margin: 32px 0 10px; }
.critical { --risk: var(--critical); } .high { --risk: var(--high); } .medium { --risk: var(--medium); } .low { --risk: var(--low); } .none, .drift, .felt { --risk: var(--none); }
.change { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--risk); border-radius: 6px; margin: 8px 0; }
summary { cursor: pointer; padding: 9px 14px; } summary:focus-visible { outline: 2px solid var(--risk); }
.mark { display: inline-block; min-width: 2.2em; font: 700 13px ui-monospace, monospace; color: var(--risk); }
.badge { float: right; color: var(--risk); font-size: 12px; font-weight: 700; text-transform: uppercase; letter-spacing: .06em; }
.change ul { margin: 0 14px 10px; padding-left: 20px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; } th, td { text-align: left; vertical-align: top; padding: 6px 14px; border-top: 1px solid var(--line); font-weight: 400; } thead th { color: var(--dim); font-size: 12px; }
td.before { background: var(--del); } td.after { background: var(--ins); }
.level { font-weight: 700; } .level.deny, .level.needs-approval { color: var(--critical); } .level.warn { color: var(--medium); }
.graph { max-width: none; } .graph rect { fill: var(--card); stroke: var(--risk); stroke-width: 1.5; } .graph text { fill: var(--fg); font: 12px ui-monospace, monospace; } .graph path { fill: none; stroke: var(--line); stroke-width: 1.5; } .graph .felt text { fill: var(--dim); }
footer { margin-top: 40px; border-top: 1px solid var(--line); padding-top: 12px; font-size: 13px; }
@media print { details { break-inside: avoid; } details > * { display: block; } }
`;

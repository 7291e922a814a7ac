/** The page's only style sheet: light and dark by the reader's choice, wide and narrow, screen and paper. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --raised: #f6f7f9; --line: #d9dde3; --text: #1b2129; --faint: #5a6472; --link: #0b5cad;
  --critical: #9b1c1c; --high: #b3400a; --medium: #7a5600; --low: #0b5cad; --info: #5a6472; --good: #17663a;
  --unknown: #6b3fa0; --mark: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14181d; --raised: #1d232a; --line: #343c46; --text: #e8ebef; --faint: #a3adba; --link: #7cb7f5;
    --critical: #ff9a94; --high: #ffac7a; --medium: #f0cb6b; --low: #7cb7f5; --info: #a3adba; --good: #7fd6a2;
    --unknown: #c9a9f2; --mark: #4a3d10;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
header, main, footer { max-width: 1440px; margin: 0 auto; padding: 0 24px; }
header { padding-top: 28px; }
h1 { font-size: 17px; font-weight: 600; margin: 0; color: var(--faint); }
h2 { font-size: 20px; margin: 40px 0 8px; }
h3 { font-size: 15px; margin: 20px 0 6px; }
p { margin: 6px 0; }
a { color: var(--link); }
code, pre, .mono { font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 14px; margin: 4px 0 6px; }
.verdict strong { font-size: 34px; line-height: 1.2; }
.verdict span { font-size: 18px; }
.ok { color: var(--good); } .drift { color: var(--critical); } .partial { color: var(--unknown); }
.faint { color: var(--faint); }
.notice { border-left: 4px solid var(--unknown); background: var(--raised); padding: 8px 14px; margin: 10px 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 14px 0 0; padding: 8px 0;
  border-block: 1px solid var(--line); }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 12px; margin: 12px 0; }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
.card b { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
.card span { color: var(--faint); }
.bar { display: block; width: 100%; height: 14px; border-radius: 7px; background: var(--line); margin: 14px 0 6px; }
.bar .compliant { fill: var(--good); } .bar .drifting { fill: var(--critical); } .bar .excepted { fill: var(--low); }
.bar .uncovered { fill: var(--medium); } .bar .unreadable { fill: var(--unknown); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; list-style: none; padding: 0; margin: 0; }
.legend li::before { content: "■ "; }
.legend .compliant::before { color: var(--good); } .legend .drifting::before { color: var(--critical); }
.legend .excepted::before { color: var(--low); } .legend .uncovered::before { color: var(--medium); }
.legend .unreadable::before { color: var(--unknown); }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; margin: 8px 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding: 8px 12px; color: var(--faint); }
th, td { text-align: left; vertical-align: top; padding: 6px 12px; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--raised); white-space: nowrap; font-weight: 600; }
td.number, th.number { text-align: right; }
td small { color: var(--faint); display: block; }
td { overflow-wrap: anywhere; min-width: 5.5em; max-width: 30em; }
td small.id, td.date, td.rank, td.number { white-space: nowrap; }
td.zero { color: var(--faint); }
td.name { min-width: 8em; } td.mono { min-width: 9em; } td.setting { min-width: 15em; }
#findings td, #findings th { padding-inline: 8px; } #findings td.mono { font-size: 12px; }
th button { all: unset; cursor: pointer; }
th button::after { content: " ↕"; color: var(--faint); }
th[aria-sort="ascending"] button::after { content: " ↑"; color: inherit; }
th[aria-sort="descending"] button::after { content: " ↓"; color: inherit; }
:focus-visible, th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.status { font-weight: 600; } .status.passes { color: var(--good); } .status.drifting { color: var(--critical); }
.status.excepted { color: var(--low); } .status.uncovered { color: var(--medium); } .status.unreadable { color: var(--unknown); }
.severity { font-weight: 600; white-space: nowrap; }
.severity::before { content: "● "; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.controls { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; margin: 12px 0; }
.controls label { display: grid; gap: 2px; font-size: 13px; color: var(--faint); }
.controls .search { flex: 1 1 260px; }
input, select, .controls button, .more button, td .open {
  font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--faint); border-radius: 6px;
  padding: 5px 10px; min-height: 34px; }
td .open { min-height: 0; padding: 0 7px; margin-right: 8px; cursor: pointer; }
.controls button, .more button { cursor: pointer; }
.more { margin: 10px 0; display: flex; gap: 10px; align-items: center; }
tr.evidence > td { background: var(--raised); max-width: none; }
.evidence dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 4px 0; }
.evidence dt { color: var(--faint); } .evidence dd { margin: 0; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 10px; margin: 4px 0;
  overflow-x: auto; white-space: pre-wrap; }
.evidence pre { background: var(--ground); }
pre mark { background: var(--mark); color: inherit; display: block; }
details > summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
footer { padding-block: 28px; margin-top: 36px; color: var(--faint); border-top: 1px solid var(--line); }
[hidden] { display: none !important; }
@media (max-width: 640px) {
  header, main, footer { padding-inline: 14px; }
  .verdict strong { font-size: 28px; }
  .evidence dl { grid-template-columns: 1fr; }
  .evidence dt { margin-top: 6px; }
  #findings thead { display: none; }
  #findings tr { display: block; padding: 8px 4px; border-top: 1px solid var(--line); }
  #findings td { display: block; border: 0; padding-block: 1px; min-width: 0; max-width: none; }
  #findings td.setting { margin-top: 4px; }
  #findings td.setting + td::before { content: "want "; color: var(--faint); }
  #findings td.setting + td + td::before { content: "found "; color: var(--faint); }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { --ground: #fff; --raised: #f6f7f9; --line: #bbb; --text: #000; --faint: #444; --link: #000;
    --critical: #9b1c1c; --high: #b3400a; --medium: #7a5600; --low: #0b5cad; --info: #444; --good: #17663a;
    --unknown: #6b3fa0; --mark: #fff3c4; color-scheme: light; }
  body { font-size: 10pt; }
  header, main, footer { max-width: none; padding: 0; }
  nav, .controls, .more button, td .open, th button::after { display: none; }
  .scroll { overflow: visible; border: 0; }
  h2 { break-after: avoid; }
  tr, .card { break-inside: avoid; }
  thead { display: table-header-group; }
  .bar { print-color-adjust: exact; }
}
`;

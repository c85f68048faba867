// The report's style sheet: light and dark by the reader's setting, and on paper.

export const STYLE = `
:root {
  color-scheme: light dark;
  --bg: #f7f7f5; --card: #ffffff; --line: #e4e5e3; --text: #191c22; --muted: #5b6270; --faint: #c6cad1; --grid: #eceeef;
  --aligned: #2456c9; --raw: #dd8514; --accent: #0e7c72; --good: #1d7f4a; --bad: #c0362c; --tile: #ffffff;
  --chain-0: #3b6fb6; --chain-1: #e07b39; --chain-2: #3f9a5b; --chain-3: #c8504f; --chain-4: #8d66b0; --chain-5: #2f9da4; --chain-6: #91705c; --chain-7: #b99417;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #121419; --card: #1a1d24; --line: #2b2f38; --text: #e8eaef; --muted: #9ba3b1; --faint: #4b5260; --grid: #272b33;
    --aligned: #7fa5ff; --raw: #f2b04f; --accent: #4fc7ba; --good: #5fce93; --bad: #ff8a80; --tile: #f7f7f5;
    --chain-0: #7aa9e8; --chain-1: #f5a46c; --chain-2: #74cf90; --chain-3: #f08a88; --chain-4: #bf9be0; --chain-5: #6fd0d6; --chain-6: #c7a58f; --chain-7: #e6c653;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15.5px/1.58 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; font-feature-settings: "tnum" 1; }
main, header.top > div, footer { max-width: 1120px; margin: 0 auto; padding: 0 28px; }
header.top { padding: 52px 0 30px; border-bottom: 1px solid var(--line); background: var(--card); }
.eyebrow { margin: 0 0 6px; color: var(--accent); font-size: 12.5px; font-weight: 650; letter-spacing: .09em; text-transform: uppercase; }
h1 { margin: 0 0 8px; font-size: 36px; line-height: 1.15; letter-spacing: -.022em; font-weight: 700; overflow-wrap: anywhere; }
.lead { margin: 0; color: var(--muted); font-size: 17px; max-width: 76ch; }
nav { margin-top: 20px; display: flex; flex-wrap: wrap; gap: 6px 20px; font-size: 14px; }
a { color: var(--aligned); text-decoration: none; text-underline-offset: 3px; }
a:hover, a:focus-visible { text-decoration: underline; }
section { margin: 50px 0 0; scroll-margin-top: 16px; }
h2 { margin: 0 0 6px; font-size: 24px; letter-spacing: -.014em; line-height: 1.25; }
section > p { margin: 0 0 20px; max-width: 78ch; color: var(--muted); }
section > p strong { color: var(--text); font-weight: 620; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(238px, 1fr)); gap: 14px; margin: 30px 0 0; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 11px; padding: 15px 18px 14px; }
.card dt { color: var(--muted); font-size: 13px; font-weight: 550; }
.card dd { margin: 1px 0 0; }
.card .value { font-size: 29px; font-weight: 660; letter-spacing: -.02em; line-height: 1.25; }
.card .note { color: var(--muted); font-size: 13px; line-height: 1.4; }
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: 11px; padding: 17px 20px 15px; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
figure h3 { margin: 0 0 9px; font-size: 15.5px; font-weight: 640; letter-spacing: -.005em; }
.none { margin: 4px 0; color: var(--muted); }
figcaption:empty { display: none; }
figcaption { margin-top: 9px; color: var(--muted); font-size: 13.5px; line-height: 1.5; max-width: 100ch; }
.plot svg { display: block; width: 100%; height: auto; overflow: visible; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 22px; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(280px, 100%), 1fr)); gap: 20px 22px; }
.pair h4, .maps h4 { margin: 0 0 5px; font-size: 13px; font-weight: 600; color: var(--muted); display: flex; align-items: center; gap: 7px; }
.dot { width: 9px; height: 9px; border-radius: 50%; display: inline-block; flex: none; }
.maps { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 20px 26px; }
.maps img { display: block; width: 100%; height: auto; image-rendering: pixelated; border-radius: 3px; }
.bar { display: flex; align-items: center; gap: 8px; margin-top: 7px; color: var(--muted); font-size: 12px; }
.bar img { width: 150px; height: 9px; border-radius: 2px; image-rendering: auto; }
.examples { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 16px 22px; }
.example { display: grid; grid-template-columns: 84px 1fr; gap: 12px; align-items: start; font-size: 12px; min-width: 0; }
.example.plain { grid-template-columns: 1fr; }
.example img { width: 84px; height: 84px; object-fit: contain; image-rendering: pixelated; border-radius: 6px; border: 1px solid var(--line); background: var(--tile); }
.example .about { color: var(--muted); line-height: 1.4; margin-bottom: 4px; }
.example .about b { color: var(--text); font-weight: 620; }
.example.wrong .about b { color: var(--bad); }
.probs { display: grid; grid-template-columns: auto 1fr; gap: 1px 6px; align-items: center; line-height: 1.1; }
.probs .k { color: var(--muted); text-align: right; font-size: 10.5px; }
.probs .k.true { color: var(--text); font-weight: 750; }
.probs .track { position: relative; height: 9px; background: var(--grid); border-radius: 2px; }
.probs .fill { position: absolute; inset: 0 auto 0 0; background: var(--faint); border-radius: 2px; }
.probs .fill.true { background: var(--aligned); }
.probs .whisker { position: absolute; top: 4px; height: 1px; background: var(--text); opacity: .75; }
.narrow { max-width: 640px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; }
th { text-align: left; font-weight: 600; color: var(--muted); padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: bottom; }
td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--grid); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; }
th:last-child, td:last-child { padding-right: 0; }
code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 13px; }
pre { margin: 0; overflow-x: auto; background: var(--grid); border-radius: 8px; padding: 13px 16px; line-height: 1.55; }
.settings { columns: 3; column-gap: 34px; margin: 0; font-size: 13px; }
.settings div { display: flex; justify-content: space-between; gap: 12px; break-inside: avoid; padding: 3.5px 0; border-bottom: 1px solid var(--grid); }
.settings dt { color: var(--muted); overflow-wrap: anywhere; }
.settings dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.notice { margin: 24px 0 0; padding: 12px 18px; border: 1px solid var(--line); border-left: 4px solid var(--raw); border-radius: 8px; background: var(--card); font-size: 14.5px; }
footer { margin-top: 56px; padding-top: 20px; padding-bottom: 48px; color: var(--muted); font-size: 13px; overflow-wrap: anywhere; }
@media screen and (max-width: 820px) {
  .figures, .pair, .maps { grid-template-columns: minmax(0, 1fr); }
  .examples { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .settings { columns: 1; }
  main, header.top > div, footer { padding: 0 16px; }
  h1 { font-size: 28px; }
}
@media screen and (max-width: 520px) {
  .examples { grid-template-columns: 1fr; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .card .value { font-size: 23px; }
}
@media print {
  :root {
    --bg: #fff; --card: #fff; --line: #d9dadd; --text: #000; --muted: #444; --faint: #b4b8bf; --grid: #e8e9eb;
    --aligned: #2456c9; --raw: #c87508; --accent: #0e7c72;
    --chain-0: #3b6fb6; --chain-1: #e07b39; --chain-2: #3f9a5b; --chain-3: #c8504f; --chain-4: #8d66b0; --chain-5: #2f9da4; --chain-6: #91705c; --chain-7: #b99417;
  }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  body { font-size: 12px; }
  nav { display: none; }
  .cards { grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 8px; }
  .card { padding: 9px 12px; }
  .card .value { font-size: 20px; }
  .figures { gap: 10px; }
  figure, .card, .example, tr { break-inside: avoid; }
  h2 { break-after: avoid; }
  header.top { padding: 0 0 18px; }
  section { margin-top: 30px; }
}
`;

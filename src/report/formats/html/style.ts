/** Colours are variables, so that plots follow the reader's light or dark theme too. No font and no picture is loaded. */
export const STYLE = `
:root { color-scheme: light dark;
  --bg: light-dark(#ffffff, #0d1117); --card: light-dark(#f6f8fa, #161b22); --fg: light-dark(#1f2328, #e6edf3);
  --dim: light-dark(#59636e, #9198a1); --line: light-dark(#d1d9e0, #30363d); --link: light-dark(#0969da, #58a6ff);
  --solved: light-dark(#1a7f37, #3fb950); --unsolved: light-dark(#bf8700, #d29922); --refuted: light-dark(#8250df, #a371f7);
  --conditional: light-dark(#0969da, #58a6ff); --error: light-dark(#cf222e, #f85149);
  --lean: light-dark(#0969da, #58a6ff); --model: light-dark(#bc4c00, #f0883e); --cache: light-dark(#1a7f37, #3fb950);
  --rest: light-dark(#818b98, #656c76); }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.25rem 4rem; max-width: 78rem; background: var(--bg); color: var(--fg);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.2rem; }
p { margin: .4rem 0; max-width: 60rem; }
.dim, figcaption, th { color: var(--dim); }
code, pre { font: 13px/1.45 ui-monospace, 'DejaVu Sans Mono', monospace; }
pre { margin: .3rem 0 .8rem; padding: .6rem .8rem; overflow-x: auto; background: var(--card); border-radius: 6px; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.tile { padding: .7rem .9rem; background: var(--card); border-radius: 8px; border-left: 4px solid var(--line); }
.tile b { display: block; font-size: 1.5rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.tile.met { border-color: var(--solved); } .tile.missed { border-color: var(--error); }
.tile p { margin: .3rem 0 0; font-size: .8rem; line-height: 1.35; }
.met .verdict { color: var(--solved); } .missed .verdict { color: var(--error); }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(34rem, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; padding: .8rem .9rem; background: var(--card); border-radius: 8px; min-width: 0; }
figure.wide { grid-column: 1 / -1; }
figure h3 { margin: 0 0 .2rem; font-size: 1rem; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { font-size: .83rem; }
.none { padding: 2rem 0; text-align: center; color: var(--dim); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { padding: .3rem .55rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th { font-weight: 500; white-space: nowrap; } td { overflow-wrap: anywhere; }
th:first-child, td:first-child, .left { text-align: left; }
td.num { white-space: nowrap; }
tbody tr.all td { font-weight: 600; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .75rem 0; }
dt { color: var(--dim); } dd { margin: 0; overflow-wrap: anywhere; }
.o-solved { color: var(--solved); } .o-unsolved { color: var(--unsolved); } .o-refuted { color: var(--refuted); }
.o-conditional { color: var(--conditional); } .o-error { color: var(--error); }
.filter { display: flex; flex-wrap: wrap; gap: 1rem; margin: .5rem 0; }
#theorems table { width: 100%; }
details > summary { cursor: pointer; overflow-wrap: anywhere; }
.warn { padding: .6rem .9rem; border-left: 4px solid var(--error); background: var(--card); }
@media print { .filter { display: none; } figure { break-inside: avoid; } }
`;

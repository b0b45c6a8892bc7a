"""How the page of the plan looks: a style sheet without a font, a picture or an address in it, for screens and for A4."""

from __future__ import annotations

STYLE = """
:root {
  color-scheme: light dark;
  --ground: #fbfaf7; --raised: #f3f1eb; --line: #dedbd2; --ink: #262a31; --dim: #5f646c;
  --star: #8f5a00; --clash: #b12a24; --good: #2e6b38; --blue: #22648f; --washed: #fbeeea;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #14171c; --raised: #1d2129; --line: #313844; --ink: #dde1e7; --dim: #9aa1ad;
    --star: #e9b949; --clash: #f58d8f; --good: #8fca94; --blue: #8dbbe0; --washed: #2b1f23;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 3.75rem; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 52rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  overflow-wrap: anywhere;
}
a { color: inherit; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { color: var(--blue); text-decoration-color: currentColor; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 3px; border-radius: 3px; }
h1, h2, h3, h4, p, ol, ul { margin: 0; padding: 0; font-weight: inherit; }
ol, ul { list-style: none; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.over { color: var(--dim); font-size: .8125rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; }
h1 { margin: .15rem 0 .5rem; font-size: clamp(1.75rem, 1.3rem + 2vw, 2.375rem); font-weight: 650; line-height: 1.15;
  letter-spacing: -.015em; text-wrap: balance; }
header .sum { color: var(--dim); text-wrap: pretty; }
.sum b { color: var(--ink); font-weight: 600; }
.sum .clashes { color: var(--clash); font-weight: 600; white-space: nowrap; }
nav { margin-top: 1.25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .5rem; }
nav a { display: block; padding: .3rem .8rem; border: 1px solid var(--line); border-radius: 2rem; font-size: .875rem;
  text-decoration: none; }
nav a:hover { border-color: currentColor; }
nav small { color: var(--dim); font-size: inherit; }

section { margin-top: 2.25rem; }
h2 { position: sticky; top: 0; z-index: 1; padding: .65rem 0 .55rem; background: var(--ground);
  border-bottom: 1px solid var(--line); font-size: 1.125rem; font-weight: 650; }
h2 small { color: var(--dim); font-size: .8125rem; font-weight: 400; white-space: nowrap; }

.row { display: grid; grid-template-columns: 8.25rem minmax(0, 1fr); gap: 0 1.25rem; padding: 1.1rem 0 1.15rem; }
ol > li + li > .row { border-top: 1px solid var(--line); }
ol > .free + li > .row { border-top: 0; }
.when { font-size: 1.0625rem; font-weight: 600; line-height: 1.45rem; font-variant-numeric: tabular-nums; }
.when .there, .when .away, .when .about { font-size: .8125rem; font-weight: 400; color: var(--dim); }
.when .there { display: block; }
.when .clock, .when .away, .when .about { white-space: nowrap; }
h3, h4 { font-size: 1.0625rem; font-weight: 600; line-height: 1.45rem; text-wrap: pretty; }
h3 a, h4 a { text-decoration-color: transparent; }
.facts { margin-top: .15rem; color: var(--dim); font-size: .875rem; }
.who { margin-top: .15rem; font-size: .9375rem; }
.stars { color: var(--star); letter-spacing: .08em; white-space: nowrap; }
.going { color: var(--good); font-weight: 600; }
.warn { margin-top: .5rem; padding: .4rem .7rem; border-left: 3px solid var(--clash); border-radius: 0 .3rem .3rem 0;
  background: var(--washed); font-size: .875rem; }
.warn b { color: var(--clash); font-weight: 600; }
.warn li + li { margin-top: .15rem; }
.note { margin-top: .5rem; padding-left: .8rem; border-left: 3px solid var(--line); font-size: .9375rem;
  white-space: pre-line; }
.note b { color: var(--dim); font-weight: 600; }
details { margin-top: .45rem; font-size: .9375rem; }
summary { width: fit-content; padding: .1rem 0; color: var(--dim); font-size: .875rem; cursor: pointer; }
summary:hover { color: var(--blue); }
details p { max-width: 42rem; padding: .3rem 0 .2rem; white-space: pre-line; }
.cancelled h3, .cancelled h4, .cancelled .when > .clock { text-decoration: line-through; text-decoration-thickness: 1px; }
.cancelled h3, .cancelled h4, .cancelled .when, .skipped h3, .skipped .when { color: var(--dim); font-weight: 500; }
.gone { color: var(--clash); font-weight: 600; }
.free { display: flex; align-items: center; gap: .75rem; padding: .1rem 0; color: var(--dim); font-size: .8125rem; }
.free::before, .free::after { content: ""; flex: 1; border-top: 1px dashed var(--line); }
.boards { margin-top: .6rem; border-top: 1px solid var(--line); }
.boards > li { padding: .7rem 0; }
.boards > li + li { border-top: 1px dotted var(--line); }
.boards > li:last-child { padding-bottom: 0; }
h4 { font-size: 1rem; }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--dim); font-size: .8125rem; }

@media (max-width: 38rem) {
  body { padding: 1.5rem 1rem 3rem; }
  .row { display: block; padding: 1rem 0; }
  .when { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .6rem; font-size: .9375rem; }
  h2 small { display: block; white-space: normal; }
  html { scroll-padding-top: 5rem; }
  summary { padding: .45rem 0; }
}

@page { size: A4; margin: 16mm 15mm 17mm; }
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10pt; line-height: 1.4; }
  :root { --ground: #fff; --washed: #fff; --dim: #4d5157; --line: #c4c4c4; }
  nav, details:not([open]), details[open] > summary { display: none; }
  a, h3 a, h4 a { text-decoration: none; }
  h1 { font-size: 20pt; }
  h2 { position: static; font-size: 12pt; break-after: avoid; }
  section { margin-top: 7mm; }
  .row { display: grid; grid-template-columns: 31mm minmax(0, 1fr); gap: 0 4mm; padding: 2.4mm 0; break-inside: avoid; }
  .row.visit { break-inside: auto; }
  .boards > li, .free, .warn { break-inside: avoid; }
  .when { display: block; }
  .when, h3 { font-size: 10.5pt; line-height: 1.35; }
  h4, .who, .note, details { font-size: 10pt; }
  .facts, .warn, .when .there, .when .away, .when .about { font-size: 9pt; }
  .free { break-before: avoid; }
  footer { margin-top: 7mm; }
}
""".strip()
"""The sheet. Colours are those of the terminal UI, brought to 4.5 : 1 and more on both grounds (WCAG 2.2, AA)."""

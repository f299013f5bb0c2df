import { createHash } from 'node:crypto';

export const stylesheet = `
:root {
  color-scheme: light dark;
  --ink: #16212e; --soft: #55657a; --paper: #ffffff; --ground: #eef2f6; --line: #d5dde6;
  --brand: #0b5d53; --brand-ink: #ffffff; --alert: #a3202c; --alert-ground: #fdecee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e7edf4; --soft: #a2b1c2; --paper: #17212c; --ground: #0d141b; --line: #2c3a49;
    --brand: #4cc0ae; --brand-ink: #06231f; --alert: #ff9aa3; --alert-ground: #3a1a1e;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
header { background: var(--brand); color: var(--brand-ink); padding: .9rem 1.25rem; font-weight: 650; }
header span { opacity: .8; font-weight: 400; margin-left: .6rem; font-size: .875rem; }
main {
  max-width: 34rem; margin: 2rem auto; padding: 1.75rem; background: var(--paper);
  border: 1px solid var(--line); border-radius: .75rem;
}
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
p { margin: .5rem 0 1rem; }
.soft { color: var(--soft); font-size: .9rem; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: 1.25rem 0; padding: .25rem 1rem .75rem; }
legend { font-weight: 600; padding: 0 .4rem; }
label.field { display: block; margin: .9rem 0; font-weight: 600; }
label.field input {
  display: block; width: 100%; margin-top: .25rem; padding: .6rem .7rem; font: inherit; color: inherit;
  background: transparent; border: 1px solid var(--soft); border-radius: .4rem;
}
label.choice { display: flex; gap: .7rem; align-items: baseline; padding: .45rem 0; cursor: pointer; }
label.choice + label.choice { border-top: 1px solid var(--line); }
label.choice input { width: 1.05rem; height: 1.05rem; flex: none; accent-color: var(--brand); }
label.choice .soft { margin-left: auto; text-align: right; white-space: nowrap; }
.buttons { display: flex; gap: .75rem; margin-top: 1.5rem; }
button {
  flex: 1; padding: .75rem 1rem; font: inherit; font-weight: 650; border-radius: .45rem; cursor: pointer;
  border: 1px solid var(--brand); background: transparent; color: var(--brand);
}
button.primary { background: var(--brand); color: var(--brand-ink); }
button.link { flex: none; border: 0; padding: 0; font-weight: 400; font-size: inherit; text-decoration: underline; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
[role=alert] { background: var(--alert-ground); color: var(--alert); padding: .7rem 1rem; border-radius: .4rem; }
.signed-in { display: flex; flex-wrap: wrap; gap: .4rem; align-items: baseline; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin-top: 1.5rem; }
th { text-align: left; font-weight: 600; }
th, td { padding: .3rem .5rem .3rem 0; vertical-align: top; border-top: 1px solid var(--line); }
a { color: var(--brand); }
caption { text-align: left; padding-bottom: .3rem; }
.card { border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem 1rem; margin: 1rem 0; }
.card h2 { font-size: 1.05rem; margin: .75rem 0 .25rem; }
.card p { margin: .25rem 0; }
.card button { margin-top: .6rem; }
.badge { font-size: .75rem; font-weight: 600; border-radius: 1rem; padding: .1rem .6rem; border: 1px solid currentColor; }
.badge.active { color: var(--brand); }
.badge.expired, .badge.revoked { color: var(--soft); }
@media (max-width: 34rem) {
  main { margin: 0; border: 0; border-radius: 0; min-height: 80vh; }
  label.choice { flex-wrap: wrap; }
  label.choice .soft { flex-basis: 100%; margin-left: 1.75rem; text-align: left; }
}
code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: break-word; }
`;

/** CSP Level 3 §8.1: the one inline stylesheet is allowed by its hash, anything else is not. */
export const stylesheetHash = createHash('sha256').update(stylesheet).digest('base64');

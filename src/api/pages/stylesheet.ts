/** The look of every page, light and dark. Served by us: pages load nothing from elsewhere. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --ink: #1b2430;
  --quiet: #5a6675;
  --paper: #f4f6f8;
  --card: #ffffff;
  --line: #d9dfe6;
  --accent: #0b5fff;
  --good: #0a7d4b;
  --bad: #a3372b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8edf3;
    --quiet: #9aa7b6;
    --paper: #11161c;
    --card: #1a212a;
    --line: #313c49;
    --accent: #6ea0ff;
    --good: #52c592;
    --bad: #f0867a;
  }
}
* {
  box-sizing: border-box;
}
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font:
    1rem/1.55 system-ui,
    sans-serif;
}
main {
  max-width: 36rem;
  margin: 8vh auto;
  padding: 2rem;
  background: var(--card);
  border: 1px solid var(--line);
  border-radius: 0.75rem;
}
@media (max-width: 40rem) {
  main {
    margin: 0 auto;
    padding: 1.5rem;
    border-width: 0 0 1px;
    border-radius: 0;
  }
}
h1 {
  margin: 0 0 1rem;
  font-size: 1.5rem;
  line-height: 1.25;
}
h2 {
  margin: 1.5rem 0 0.5rem;
  font-size: 1rem;
}
ul {
  margin: 0;
  padding-left: 1.25rem;
}
dl {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 0.35rem 1.25rem;
  margin: 0;
}
dt,
.quiet {
  color: var(--quiet);
}
dd {
  min-width: 0;
  margin: 0;
}
code {
  font-size: 0.9em;
  overflow-wrap: anywhere;
}
.quiet {
  font-size: 0.9rem;
}
.notice {
  padding: 0.75rem 1rem;
  border-left: 0.25rem solid var(--bad);
  background: var(--paper);
}
.field {
  display: grid;
  gap: 0.35rem;
  width: 100%;
  margin: 0;
}
.field input {
  padding: 0.6rem 0.75rem;
  border: 1px solid var(--quiet);
  border-radius: 0.5rem;
  background: var(--paper);
  color: var(--ink);
  font: inherit;
}
.field input[aria-invalid='true'] {
  border-color: var(--bad);
}
nav p {
  margin: 0 0 1rem;
}
.granted::marker {
  content: '✓ ';
  color: var(--good);
}
.refused::marker {
  content: '✗ ';
  color: var(--bad);
}
.refused {
  color: var(--quiet);
}
.actions {
  display: flex;
  flex-wrap: wrap;
  gap: 1rem;
  align-items: center;
  margin-top: 2rem;
}
button,
.button {
  display: inline-block;
  padding: 0.7rem 1.4rem;
  border: 0;
  border-radius: 0.5rem;
  background: var(--accent);
  color: var(--card);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}
button.second {
  border: 1px solid var(--accent);
  background: transparent;
  color: var(--accent);
}
a {
  color: var(--accent);
}
:focus-visible {
  outline: 3px solid var(--accent);
  outline-offset: 2px;
}
`;

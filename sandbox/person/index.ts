export { authorizeAtBank, type PersonAtBank } from './authorize-at-bank';
export type { Submission } from './form';
export { type Navigation, PersonBrowser, type PersonBrowserOptions } from './person-browser';

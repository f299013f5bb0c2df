import { html, Markup } from './html';
import { stylesheet, stylesheetHash } from './stylesheet';

export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * No `form-action`: Chromium applies it to the redirect that follows a form as well, and would keep the person from
 * returning to the application.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${stylesheetHash}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Outside the template, byte for byte what was hashed. */
const style = new Markup(`<style>${stylesheet}</style>`);

export function page(bankName: string, title: string, content: Markup, status = 200): Page {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${bankName}</title>
        ${style}
      </head>
      <body>
        <header>${bankName}<span>A bank for trying things out: no money, no real people</span></header>
        <main>${content}</main>
      </body>
    </html> `;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
    body: document.text,
  };
}

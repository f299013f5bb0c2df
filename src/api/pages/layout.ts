import { html, type Html } from './html';

interface Page {
  readonly title: string;
  /** BCP 47; English when nobody says. */
  readonly language?: string | undefined;
  readonly body: Html;
  /** Reload after so many seconds. */
  readonly refreshSeconds?: number | undefined;
}

/** A whole page. Works without script, without anything from elsewhere, and at any width. */
export function page({ title, language = 'en', body, refreshSeconds }: Page): string {
  const refresh =
    refreshSeconds === undefined ? undefined : html`<meta http-equiv="refresh" content="${refreshSeconds}" />`;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${title}</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html>`.markup;
}

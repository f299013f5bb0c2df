import { html } from './html';
import { page } from './layout';

interface Message {
  readonly title: string;
  readonly text: string;
  /** Failure code, for a support ticket. */
  readonly code?: string;
  readonly refreshSeconds?: number | undefined;
  readonly link?: { readonly href: string; readonly text: string } | undefined;
}

/** A page that says one thing. */
export function messagePage({ title, text, code, refreshSeconds, link }: Message): string {
  return page({
    title,
    refreshSeconds,
    body: html`<h1>${title}</h1>
      <p>${text}</p>
      ${link && html`<p><a class="button" href="${link.href}">${link.text}</a></p>`}
      ${refreshSeconds === undefined ? undefined : html`<p class="quiet">This page tries again by itself.</p>`}
      ${code === undefined ? undefined : html`<p class="quiet">Reference: <code>${code}</code></p>`}`,
  });
}

/** For a person whose answer from the bank is with us and has not led to anything yet. */
export function finishingPage(institutionName: string): string {
  return messagePage({
    title: `Finishing with ${institutionName}`,
    text: 'The bank has answered and the connection is being set up. Nothing is lost if you close this page.',
    refreshSeconds: 2,
  });
}

import type { FailureCode } from '../../domain/failures';
import { html } from './html';
import { page } from './layout';
import { wordsFor } from './words';

interface AgreedElsewhere {
  readonly applicationName: string;
  readonly institutionName: string;
  /** Digest of what they agreed to there. */
  readonly digest: string;
  readonly language: string;
  readonly linkPath: string;
  readonly failure: FailureCode | null;
  readonly returnUrl: string | null;
}

/** For a person who has agreed in the application: who sends them where. They still start it themselves (FAPI 2.0 §5.3.3.1). */
export function agreedElsewherePage(view: AgreedElsewhere): string {
  const { applicationName, institutionName, digest, linkPath, failure, returnUrl } = view;
  const isSpanish = view.language.toLowerCase().split('-')[0] === 'es';
  const words = isSpanish
    ? {
        title: `Continúe a ${institutionName}`,
        text: `Usted dio su permiso en ${applicationName}. En ${institutionName} inicia sesión y decide qué compartir.`,
        copy: 'A qué dio su permiso',
        go: `Continuar a ${institutionName}`,
        notNow: 'Ahora no',
      }
    : {
        title: `Continue to ${institutionName}`,
        text: `You agreed in ${applicationName}. At ${institutionName} you sign in and decide what to share.`,
        copy: 'What you agreed to',
        go: `Continue to ${institutionName}`,
        notNow: 'Not now',
      };
  return page({
    title: words.title,
    language: isSpanish ? 'es' : 'en',
    body: html`<h1>${words.title}</h1>
      ${failure ? html`<p class="notice" role="status" lang="en">${wordsFor(failure, institutionName)}</p>` : undefined}
      <p>${words.text}</p>
      <form method="post">
        <input type="hidden" name="disclosure" value="${digest}" />
        <p class="actions">
          <button type="submit">${words.go}</button>
          ${returnUrl === null ? undefined : html`<a href="${returnUrl}">${words.notNow}</a>`}
        </p>
      </form>
      <p><a href="${linkPath}/disclosure">${words.copy}</a></p>`,
  });
}

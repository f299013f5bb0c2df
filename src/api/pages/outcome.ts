import { labelOf } from '../../domain/clusters';
import type { ConsentStatus, NextAction } from '../../domain/consent';
import type { FailureCode } from '../../domain/failures';
import type { GrantDifference, GrantedConsent } from '../../domain/grant';
import type { InvitationOutcome } from '../../domain/invitation';
import { html, type Html } from './html';
import { page } from './layout';
import { messagePage } from './message';
import { wordsFor } from './words';

export interface Outcome {
  readonly status: ConsentStatus;
  readonly failure: FailureCode | null;
  /** What became of the link that the person came by; null for one that has not been used up. */
  readonly linkOutcome: InvitationOutcome | null;
  readonly nextAction: NextAction;
  /** False for a consent that serves once. */
  readonly isRenewable: boolean;
  /** Path of that link: where its forms go. */
  readonly linkPath: string;
  readonly applicationName: string;
  readonly institutionName: string;
  readonly granted: GrantedConsent | null;
  readonly difference: GrantDifference | null;
  readonly expiresAt: Date | null;
  readonly receiptId: string | null;
  /** Where the person's copy of what they agreed to is; null when they agreed to nothing here. */
  readonly copyPath: string | null;
  readonly returnUrl: string | null;
}

/** What became of the consent, for the person. */
export function outcomePage(outcome: Outcome): string {
  const mayAskAgain = outcome.status === 'abandoned' || outcome.status === 'expired';
  const text = mayAskAgain ? `Ask ${outcome.applicationName} for a new link` : `Return to ${outcome.applicationName}`;
  const link = outcome.returnUrl === null ? undefined : { href: outcome.returnUrl, text };
  if (outcome.status === 'active') return connectedPage(outcome, link);
  const failure = outcome.failure ?? 'consent_abandoned';
  return messagePage({
    title: titleOf(outcome),
    text: wordsFor(failure, outcome.institutionName),
    code: failure,
    link,
  });
}

function titleOf({ status, institutionName }: Outcome): string {
  switch (status) {
    case 'denied':
      return 'Nothing was shared';
    case 'expired':
      return `The connection to ${institutionName} has ended`;
    case 'revoked':
      return `The connection to ${institutionName} was revoked`;
    case 'abandoned':
      return 'This link has ended';
    case 'failed':
      return `The connection to ${institutionName} did not work`;
    case 'requested':
    case 'authorizing':
    case 'active':
      return institutionName;
  }
}

function connectedPage(outcome: Outcome, link: { readonly href: string; readonly text: string } | undefined): string {
  const clusters = outcome.difference?.clusters ?? [];
  const granted = [...new Set(clusters.flatMap((each) => each.granted))];
  const refused = [...new Set(clusters.flatMap((each) => each.refused))];
  const accounts = accountsIn(outcome.granted);
  return page({
    title: `${outcome.institutionName} is connected`,
    body: html`<h1>${outcome.institutionName} is connected</h1>
      ${linkNotice(outcome)}
      <p>
        ${outcome.nextAction === 'reauthorize' ? `${outcome.applicationName} may read, once you have signed in at ${outcome.institutionName} again:` : `${outcome.applicationName} can now read:`}
      </p>
      <ul>
        ${granted.map((name) => html`<li class="granted">${labelOf(name)}</li>`)}
        ${refused.map((name) => html`<li class="refused">${labelOf(name)} (not shared)</li>`)}
      </ul>
      <h2>In short</h2>
      <dl>
        ${
          accounts === 0
            ? undefined
            : html`<dt>Chosen at the bank</dt>
                <dd>${accounts === 1 ? '1 account' : `${accounts} accounts`}</dd>`
        }
        ${outcome.expiresAt === null ? undefined : until(outcome.expiresAt)}
        <dt>Receipt</dt>
        <dd><code>${outcome.receiptId ?? ''}</code></dd>
      </dl>
      ${copyLink(outcome)}
      ${link && html`<p class="actions"><a class="button" href="${link.href}">${link.text}</a></p>`}
      <h2>Your choices</h2>
      <div class="actions">
        ${
          outcome.isRenewable
            ? html`<form method="post" action="${outcome.linkPath}/renewal">
                <button type="submit" class="second">Renew this connection</button>
              </form>`
            : undefined
        }
        <form method="post" action="${outcome.linkPath}/end">
          <button type="submit" class="second">Stop sharing now</button>
        </form>
      </div>`,
  });
}

function copyLink({ copyPath }: Outcome): Html | undefined {
  if (copyPath === null) return undefined;
  return html`<p><a href="${copyPath}">What you agreed to</a> (<a href="${copyPath}.pdf">PDF</a>)</p>`;
}

/** What a person should know who came by a link that led, or leads, nowhere. */
function linkNotice({ linkOutcome, nextAction, institutionName, failure }: Outcome): Html | undefined {
  const words = LINK_NOTICES[linkOutcome ?? 'granted'];
  const why = linkOutcome === 'failed' && failure ? ` ${wordsFor(failure, institutionName)}` : '';
  const wish =
    nextAction === 'reauthorize' ? `${institutionName} wants you to sign in again before data can be read.` : undefined;
  if (words === undefined && wish === undefined) return undefined;
  return html`<p class="notice" role="status">
    ${[words, wish].filter((each) => each !== undefined).join(' ')}${why}
  </p>`;
}

const LINK_NOTICES: Readonly<Partial<Record<InvitationOutcome, string>>> = {
  declined: 'Nothing was changed: you or your bank declined.',
  failed: 'Nothing was changed: the renewal did not work.',
  cancelled: 'This link is no longer good, and nothing was changed. You can renew the connection with a new one below.',
  lapsed: 'This link has expired, and nothing was changed. You can renew the connection with a new one below.',
};

/** How many accounts the person chose, where the bank says which. */
function accountsIn(granted: GrantedConsent | null): number {
  const accounts = granted?.resources.filter(({ resourceType }) => resourceType === 'ACCOUNT') ?? [];
  return new Set(accounts.map(({ resourceId }) => resourceId).filter((id) => id !== undefined)).size;
}

function until(expiresAt: Date): Html {
  const words = expiresAt.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  return html`<dt>Until</dt>
    <dd><time datetime="${expiresAt.toISOString()}">${words}</time></dd>`;
}

import { createHash } from 'node:crypto';
import { CLUSTERS } from '../../domain/clusters';
import type { FailureCode } from '../../domain/failures';
import type { InvitationReason } from '../../domain/invitation';
import { clustersOf, type ConsentTerms } from '../../domain/terms';
import { html } from './html';
import { page } from './layout';
import { wordsFor } from './words';

/** What a person is told before they go to the bank (12 CFR 1033.411 names the contents). */
export interface Disclosure {
  readonly applicationName: string;
  readonly institutionName: string;
  readonly aggregatorName: string;
  readonly purpose: string;
  readonly terms: ConsentTerms;
  readonly reason: InvitationReason;
}

interface DisclosureView {
  readonly disclosure: Disclosure;
  /** Why the last attempt brought no grant. */
  readonly failure?: FailureCode | null;
  /** Where "Not now" leads. */
  readonly returnUrl: string | null;
}

export function disclosurePage({ disclosure, failure, returnUrl }: DisclosureView): string {
  const text = sentencesOf(disclosure);
  return page({
    title: text.title,
    body: html`<h1>${text.title}</h1>
      ${failure ? html`<p class="notice" role="status">${wordsFor(failure, disclosure.institutionName)}</p>` : undefined}
      <p>${text.purpose}</p>
      ${text.before === undefined ? undefined : html`<p>${text.before}</p>`}
      <h2>${text.dataHeading}</h2>
      <ul>
        ${text.data.map((label) => html`<li>${label}</li>`)}
      </ul>
      <h2>How long</h2>
      <p>${text.duration}</p>
      ${text.lookback === undefined ? undefined : html`<p>${text.lookback}</p>`}
      <h2>What happens next</h2>
      <p>${text.next}</p>
      <p>${text.revocation}</p>
      <form method="post" class="actions">
        <button type="submit">Continue to ${disclosure.institutionName}</button>
        ${returnUrl === null ? undefined : html`<a href="${returnUrl}">Not now</a>`}
      </form>`,
  });
}

/** SHA-256 of the sentences shown, base64url: evidence of what the person agreed to. */
export function disclosureDigest(disclosure: Disclosure): string {
  return createHash('sha256')
    .update(JSON.stringify(sentencesOf(disclosure)))
    .digest('base64url');
}

/** Every sentence of the disclosure; the page prints them and the digest covers them. */
function sentencesOf({ applicationName, institutionName, aggregatorName, purpose, terms, reason }: Disclosure) {
  const labels = clustersOf(terms.resources).map((cluster) => CLUSTERS[cluster].label);
  return {
    title: `${applicationName} would like to ${WISHES[reason]} your data at ${institutionName}`,
    ...(reason !== 'connect' && { before: 'Until you agree at your bank, everything stays as it is.' }),
    purpose: `Purpose: ${purpose}. The data is used for this only.`,
    dataHeading: 'What would be shared',
    data: [...new Set(labels)],
    duration: durationSentence(terms),
    ...(terms.lookbackPeriod !== undefined && { lookback: `History: the last ${terms.lookbackPeriod} days.` }),
    next:
      `${aggregatorName} collects the data for ${applicationName}. At ${institutionName} you sign in, choose the accounts ` +
      'and decide what to share; we never see your password.',
    revocation: `You can end this at any time and free of charge, in ${applicationName} or at ${institutionName}.`,
  };
}

const WISHES: Readonly<Record<InvitationReason, string>> = {
  connect: 'read',
  renew: 'go on reading',
  reauthorize: 'go on reading',
  change: 'change how it reads',
};

function durationSentence({ durationType, durationPeriod }: ConsentTerms): string {
  switch (durationType) {
    case 'ONE_TIME':
      return 'Once.';
    case 'PERSISTENT':
      return 'Until you end it, for one year at most.';
    case 'TIME_BOUND':
      return durationPeriod === undefined ? 'For one year at most.' : `For ${durationPeriod} days.`;
  }
}

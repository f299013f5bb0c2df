import { type Cluster, labelOf } from '../clusters';
import { lifeInSeconds } from '../consents/consent';
import type { ConsentRequest } from '../consents/consent-request';
import { type Account, displayNumber } from '../people/account';
import { accountsOf, fullName, type Person } from '../people/person';
import { html, type Markup } from './html';
import { page, type Page } from './page';

export interface ConsentPageParts {
  bankName: string;
  clientName: string;
  person: Person;
  request: ConsentRequest;
  action: string;
  fault?: string | undefined;
  /** What was ticked when the form came back incomplete. */
  chosen?: { clusters: readonly string[]; accounts: readonly string[] } | undefined;
}

export function consentPage(parts: ConsentPageParts): Page {
  const { bankName, clientName, person, request, action, fault } = parts;
  const content = html`<h1>${clientName} is asking for some of your data</h1>
    <form class="signed-in soft" id="switch" method="post" action="${action}/switch">
      Signed in as ${fullName(person)}.
      <button class="link" name="step" value="switch">Not you?</button>
    </form>
    ${fault !== undefined && html`<p role="alert">${fault}</p>`}
    <form id="consent" method="post" action="${action}/consent">
      ${clusterChoices(parts)} ${request.accountClusters.length > 0 && accountChoices(parts)}
      <p>${durationText(request)} ${lookbackText(request)}</p>
      <p class="soft">
        You may say no, and you may take this back at any time, here or at ${clientName}. ${bankName} does not charge
        for it.
      </p>
      <div class="buttons">
        <button name="decision" value="deny" formnovalidate>Deny</button>
        <button class="primary" name="decision" value="allow">Allow</button>
      </div>
    </form>`;
  return page(bankName, 'Share your data', content, fault === undefined ? 200 : 422);
}

function clusterChoices({ request, chosen }: ConsentPageParts): Markup {
  const clusters = new Set<Cluster>([...request.accountClusters, ...request.customerClusters]);
  const choices = [...clusters].map((cluster) =>
    choice('cluster', cluster, labelOf(cluster), cluster, chosen?.clusters.includes(cluster) ?? true),
  );
  return html`<fieldset>
    <legend>What they may see</legend>
    ${choices}
  </fieldset>`;
}

function accountChoices({ person, chosen }: ConsentPageParts): Markup {
  // None ticked beforehand: choosing an account is the person's act, not the bank's.
  const choices = accountsOf(person.id).map((account) =>
    choice('account', account.id, account.name, noteOn(account), chosen?.accounts.includes(account.id) ?? false),
  );
  return html`<fieldset>
    <legend>Of which accounts</legend>
    ${choices}
  </fieldset>`;
}

const choice = (name: string, value: string, label: string, note: string, checked: boolean): Markup =>
  html`<label class="choice">
    <input type="checkbox" name="${name}" value="${value}" ${checked && html`checked`} />
    <span>${label}</span> <span class="soft">${note}</span>
  </label>`;

const noteOn = (account: Account): string =>
  `${account.productName} ${displayNumber(account)}${account.status === 'CLOSED' ? ', closed' : ''}`;

function durationText(request: ConsentRequest): Markup {
  const until = new Date(Date.now() + lifeInSeconds(request) * 1000);
  const date = until.toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
  switch (request.durationType) {
    case 'ONE_TIME':
      return html`<strong>Once:</strong> they may collect it within the next 24 hours.`;
    case 'PERSISTENT':
      return html`<strong>Until you take it back:</strong> they may collect it again and again.`;
    case 'TIME_BOUND':
      return html`<strong>Until ${date}</strong> (${request.durationPeriodInDays} days): they may collect it again and
        again.`;
  }
}

const lookbackText = ({ lookbackPeriodInDays: days }: ConsentRequest): string =>
  days === undefined ? '' : `They see at most the last ${days} days of history.`;

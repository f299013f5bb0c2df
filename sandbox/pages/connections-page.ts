import { labelOf } from '../clusters';
import { type Consent, statusOf } from '../consents/consent';
import { accountsOf, fullName, type Person } from '../people/person';
import { html, type Markup } from './html';
import { page, type Page } from './page';

export function connectionsPage(bankName: string, person: Person, consents: readonly Consent[]): Page {
  const content = html`<h1>Who has your data</h1>
    <form class="signed-in soft" id="logout" method="post" action="/connections/logout">
      Signed in as ${fullName(person)}. <button class="link">Sign out</button>
    </form>
    ${consents.length === 0 && html`<p>Nobody: you have not shared anything yet.</p>`}
    ${consents.map((consent) => card(consent, person))}`;
  return page(bankName, 'Who has your data', content);
}

/** Ended consents stay on the page: FDX asks banks to show a person what they once agreed to. */
function card(consent: Consent, person: Person): Markup {
  const status = statusOf(consent);
  const accounts = accountsOf(person.id).filter((account) => consent.accountIds.includes(account.id));
  const clusters = [...new Set([...consent.accountClusters, ...consent.customerClusters])];
  return html`<section class="card" aria-label="${consent.client.name}">
    <h2>${consent.client.name} <span class="badge ${status.toLowerCase()}">${statusText(status)}</span></h2>
    <p>${clusters.map(labelOf).join(', ')}</p>
    ${accounts.length > 0 && html`<p class="soft">${accounts.map((account) => account.name).join(', ')}</p>`}
    <p class="soft">${datesText(consent)}</p>
    ${
      status === 'ACTIVE' &&
      html`<form method="post" action="/connections/revoke">
        <button name="consent" value="${consent.id}">Stop sharing</button>
      </form>`
    }
  </section>`;
}

const statusText = (status: ReturnType<typeof statusOf>): string =>
  ({ ACTIVE: 'Sharing', EXPIRED: 'Expired', REVOKED: 'Stopped' })[status];

function datesText({ createdTime, expirationTime, revocation }: Consent): string {
  const agreed = `Agreed ${dayOf(createdTime)}`;
  if (revocation) return `${agreed}, stopped ${dayOf(revocation.updatedTime)}`;
  return expirationTime === undefined ? `${agreed}, until you stop it` : `${agreed}, until ${dayOf(expirationTime)}`;
}

const dayOf = (time: string): string =>
  new Date(time).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });

import type { ConsentBook } from '../consents/consent-book';
import { answer, type Exchange, seeOther } from '../exchange';
import { type Person, signIn } from '../people/person';
import type { BankSessions } from './bank-session';
import { connectionsPage } from './connections-page';
import { errorPage } from './error-page';
import { homePage } from './home-page';
import { loginPage } from './login-page';

export const CONNECTIONS_PATH = '/connections';

export interface ConnectionParts {
  bankName: string;
  fdxUrl: string;
  consents: ConsentBook;
  sessions: BankSessions;
}

/** The bank's own pages: the entrance, and where a person sees who has their data and takes it back. */
export async function manageConnections(parts: ConnectionParts, exchange: Exchange): Promise<void> {
  const { req, res, url } = exchange;
  const { bankName, sessions } = parts;
  const step = `${req.method ?? ''} ${url.pathname.slice(CONNECTIONS_PATH.length)}`;
  if (url.pathname === '/') {
    answer(res, homePage(bankName, parts.fdxUrl));
    return;
  }
  if (step === 'POST /login') {
    await login(parts, exchange);
    return;
  }
  const person = await sessions.personOf(req);
  if (!person) {
    showLogin(parts, exchange);
  } else if (step === 'GET ') {
    answer(res, connectionsPage(bankName, person, await consentsOf(parts.consents, person)));
  } else if (step === 'POST /logout') {
    res.setHeader('set-cookie', await sessions.close(req));
    seeOther(res, '/');
  } else if (step === 'POST /revoke') {
    await revoke(parts, exchange, person);
  } else {
    answer(res, errorPage(bankName, 'not_found', 'There is no such page.', 404));
  }
}

async function login({ bankName, sessions }: ConnectionParts, { res, body }: Exchange): Promise<void> {
  const username = body?.['username'];
  const person = signIn(username, body?.['password']);
  if (!person) {
    const typed = typeof username === 'string' ? username : '';
    answer(res, loginPage({ bankName, action: `${CONNECTIONS_PATH}/login`, username: typed, failed: true }));
    return;
  }
  res.setHeader('set-cookie', await sessions.open(person));
  seeOther(res, CONNECTIONS_PATH);
}

function showLogin({ bankName }: ConnectionParts, { res }: Exchange): void {
  answer(res, loginPage({ bankName, action: `${CONNECTIONS_PATH}/login` }));
}

async function revoke({ consents }: ConnectionParts, { res, body }: Exchange, person: Person): Promise<void> {
  const wanted = body?.['consent'];
  const own = (await consentsOf(consents, person)).find((consent) => consent.id === wanted);
  if (own) await consents.revoke(own.id, { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' });
  seeOther(res, CONNECTIONS_PATH);
}

const consentsOf = async (consents: ConsentBook, person: Person) =>
  (await consents.list()).filter((consent) => consent.personId === person.id).reverse();

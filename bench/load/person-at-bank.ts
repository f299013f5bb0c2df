import { people } from '../../sandbox/people/person';
import type { Answer } from './site';
import { expectRedirect, type Visit } from './visit';

/** Field values of the consent page, read off it once: the same person is asked for the same data every time. */
let consentFields: URLSearchParams | undefined;

/** Signs in, ticks every account and allows. The same requests as a browser makes, pages included. */
export async function authorizeAtBank(visit: Visit, bankUrl: string, authorizationUrl: string, callback: string) {
  const [person] = people;
  if (!person) throw new Error('nobody banks here');
  const interaction = expectRedirect(await visit.open(authorizationUrl), 'authorize', `${bankUrl}/interaction/`);
  await visit.open(interaction);
  const signIn = new URLSearchParams({ username: person.username, password: person.password });
  expectRedirect(await visit.submit(`${interaction}/login`, signIn), 'login', interaction);
  const page = await visit.open(interaction);
  consentFields ??= fieldsOf(page);
  const allowed = await visit.submit(`${interaction}/consent`, consentFields);
  const resume = expectRedirect(allowed, 'consent', `${bankUrl}/authorize/`);
  return expectRedirect(await visit.open(resume), 'resume', callback);
}

function fieldsOf({ body }: Answer): URLSearchParams {
  const fields = new URLSearchParams({ decision: 'allow' });
  for (const [, name = '', value = ''] of body.matchAll(/name="(account|cluster)" value="([^"]+)"/g)) {
    fields.append(name, value);
  }
  if (!fields.has('cluster')) throw new Error('the bank shows no consent page');
  return fields;
}

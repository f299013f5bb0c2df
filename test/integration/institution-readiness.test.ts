import { productCommand } from '../../scripts/dev/registration';
import { currentStack } from '../setup/stack-access';
import { Application } from './support/application';
import { consentRequest } from './support/application';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';
import { until } from './support/until';

const stack = currentStack();
const application = new Application(stack);
const bank = reserveBank(stack);
const INSTITUTION = 'sandbox-bank';

const check = (...args: string[]): Promise<string> =>
  productCommand(['institutions', 'check', INSTITUTION, ...args], stack.productEnvironment);

async function readiness(): Promise<{ readiness: string; reason?: string } | undefined> {
  const { json } = await application.call('/v1/institutions');
  const { institutions } = json as { institutions: { id: string; readiness: string; reason?: string }[] };
  return institutions.find(({ id }) => id === INSTITUTION);
}

describe('an institution', () => {
  test('is found ready by itself, and its check prints what it supports against what is needed', async () => {
    await check();
    await until('the institution is ready', async () => (await readiness())?.readiness === 'ready');
    const printed = await check();
    expect(printed).toMatch(/^Sandbox Bank \(sandbox-bank\), https:/);
    expect(printed).toMatch(/ok\s+pushed_authorization_request_endpoint\s+https:.*\s+FAPI 2\.0/);
    expect(printed).toMatch(/ok\s+authorization_response_iss_parameter_supported\s+true\s+true/);
    expect(printed).toMatch(/\nready\n$/);
  });

  test.each<[string, { set?: object; remove?: string[] }, string]>([
    [
      'has no PAR endpoint',
      { remove: ['pushed_authorization_request_endpoint'] },
      'pushed_authorization_request_endpoint',
    ],
    ['names another issuer', { set: { issuer: 'https://elsewhere.example' } }, 'another issuer'],
    [
      'does not promise iss',
      { remove: ['authorization_response_iss_parameter_supported'] },
      'authorization_response_iss_parameter_supported',
    ],
    ['signs weakly', { set: { id_token_signing_alg_values_supported: ['RS256'] } }, 'id_token_signing_alg'],
  ])('that %s is marked with the reason; nobody is sent there until it is mended', async (_, change, reason) => {
    await bank.plant({ endpoint: 'discovery', fault: { kind: 'rewrite_json', ...change } as never });
    await expect(check()).rejects.toThrow();
    expect(await readiness()).toMatchObject({
      readiness: 'misconfigured',
      reason: expect.stringContaining(reason) as string,
    });
    const refused = await application.call('/v1/consents', { method: 'POST', body: consentRequest() });
    expect([refused.status, refused.json['code']]).toEqual([502, 'institution_misconfigured']);
    expect(refused.json['detail']).toContain(reason);
    expect(await bank.requests('par')).toEqual([]);

    await bank.heal();
    const journey = await Journey.walk(application);
    expect((await journey.consent()).status).toBe('active');
    expect(await readiness()).toMatchObject({ readiness: 'ready' });
  });

  test('that cannot be reached is not marked: being away is not being wrong', async () => {
    await check();
    await bank.plant({ endpoint: 'discovery', fault: { kind: 'status', status: 503 } });
    await expect(check()).rejects.toThrow();
    expect(await readiness()).toMatchObject({ readiness: 'ready' });
  });

  test('that is not known is told by name', async () => {
    const command = productCommand(['institutions', 'check', 'nobody'], stack.productEnvironment);
    await expect(command).rejects.toThrow(/no institution nobody/);
  });
});

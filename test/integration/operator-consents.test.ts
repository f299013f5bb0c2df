import { randomUUID } from 'node:crypto';
import type { AuthorizationId, ConsentId, InstitutionId } from '../../src/domain/ids';
import { openOperatorTask } from '../../src/store/operator-tasks';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { Application } from './support/application';
import { fdxConsent } from './support/command';
import { query } from './support/database';
import { Journey } from './support/journey';
import { reserveBank } from './support/reservation';
import { StandInConsents } from './support/stand-in-consents';

const stack = currentStack();
const application = new Application(stack);
reserveBank(stack);
let consents: StandInConsents;
let institutionId: InstitutionId;

beforeAll(async () => {
  consents = await StandInConsents.begin(stack);
});
beforeEach(async () => {
  institutionId = await consents.institution();
});
afterAll(() => consents.stop());

const command = (...args: string[]) => fdxConsent(['consents', ...args], stack.productEnvironment);

async function listed(...filters: string[]): Promise<string[]> {
  const { json } = await command('list', '--institution', institutionId, ...filters, '--json');
  return (json as unknown as { consents: { id: string }[] }).consents.map(({ id }) => id);
}

describe('consents list', () => {
  test('finds consents by each of its filters', async () => {
    const plain = await consents.consent(institutionId);
    const ending = await consents.consent(institutionId, { status: 'revoked', bankEnding: 'needs_operator' });
    const expiring = await consents.consent(institutionId, { nextAction: 'renew', expiresAt: Date.UTC(2030, 0, 15) });
    expect((await listed()).sort()).toEqual([plain, ending, expiring].sort());
    expect(await listed('--status', 'revoked')).toEqual([ending]);
    expect(await listed('--bank-ending', 'needs_operator')).toEqual([ending]);
    expect(await listed('--next-action', 'renew')).toEqual([expiring]);
    expect(await listed('--expires-before', '2030-02-01')).toEqual([expiring]);
    expect(await listed('--application', 'nobody')).toEqual([]);
    expect(await listed('--limit', '1')).toHaveLength(1);
    const { stdout } = await command('list', '--institution', institutionId, '--status', 'revoked');
    expect(stdout).toMatch(new RegExp(`${ending} +${institutionId} +demo +revoked +none +2031-01-01 +needs_operator`));
  });

  test.each([
    ['--status', 'asleep', 'is one of requested, '],
    ['--expires-before', 'soon', 'takes 2027-01-31'],
    ['--limit', '0', 'takes a number'],
  ])('says what %s takes', async (option, value, told) => {
    const { code, stderr } = await command('list', option, value);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`${option} ${told}`)]);
  });
});

describe('consents show', () => {
  test('tells the life of a consent, in order, without secrets', async () => {
    const reference = `person-${randomUUID()}`;
    const journey = await Journey.walk(application, { person: { reference } });
    const consent = await journey.consent();
    const { code, stdout } = await command('show', journey.consentId);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^status +active, next action: none$/m);
    const story = [
      'asked for by demo',
      'agreed to the disclosure',
      'request pushed',
      'the bank answered',
      'receipt rcp_',
    ];
    const places = story.map((each) => stdout.indexOf(each));
    expect(places).toEqual([...places].sort((left, right) => left - right));
    expect(Math.min(...places)).toBeGreaterThan(0);

    const { json, stdout: printed } = await command('show', journey.consentId, '--json');
    expect(json).toMatchObject({
      ...{ id: journey.consentId, status: 'active', receiptId: consent.receiptId, workflowId: consent.workflowId },
      grants: [{ bankConsentId: consent.granted?.bankConsentId, endingAttempts: 0 }],
      tasks: [],
    });
    for (const text of [stdout, printed]) {
      expect(text).not.toContain(reference);
      expect(text).not.toContain(journey.launchUrl.split('/').at(-1));
      expect(text).not.toMatch(/jwe|hash|pseudonym|eyJ[A-Za-z0-9_-]{20}/i);
    }
  });

  test('tells of endings that failed, and of the task for an operator', async () => {
    const id = await consents.consent(institutionId, { status: 'revoked', bankEnding: 'needs_operator' });
    const authorizationId = await grantThatDoesNotEnd(id);
    const failure = 'fdx_unreachable';
    await openOperatorTask(consents.database, {
      kind: 'grant_ending_failed',
      consentId: id,
      institutionId,
      authorizationId,
      failure,
    });
    const { stdout } = await command('show', id);
    expect(stdout).toMatch(new RegExp(`${authorizationId} +{"refreshToken":"done"} +9 +fdx_unreachable: `));
    expect(stdout).toMatch(/an operator is needed: tsk_\w+ \(fdx_unreachable: /);
  });

  test('of one that is not there says so', async () => {
    const { code, stderr } = await command('show', 'cns_nobody');
    expect([code, stderr]).toEqual([3, expect.stringContaining('There is no such consent.')]);
  });
});

describe('consents revoke', () => {
  test('ends a consent for the reason given: in the database at once, and the workflow is told', async () => {
    const id = await consents.consent(institutionId);
    expect((await command('revoke', id, '--reason', 'SECURITY_EVENT')).code).toBe(0);
    expect((await command('revoke', id, '--reason', 'BUSINESS_RULE')).code).toBe(0);
    const [row] = await query(stack, 'SELECT revocation, revocation_requested_at FROM consents WHERE id = $1', [id]);
    expect(row).toMatchObject({ revocation: { initiator: 'DATA_ACCESS_PLATFORM', reason: 'SECURITY_EVENT' } });
    expect(row?.['revocation_requested_at']).toBeInstanceOf(Date);
    expect(await consents.heard(id)).toContain('revoke SECURITY_EVENT');
    const actions = await actionsAbout(stack, id, { least: 2 });
    expect(actions.map(({ action, subject }) => [action, subject])).toEqual([
      ['consents revoke', { arguments: [id], reason: 'SECURITY_EVENT' }],
      ['consents revoke', { arguments: [id], reason: 'BUSINESS_RULE' }],
    ]);
  });

  test('needs a reason that an operator can have, and a consent that is there', async () => {
    const id = await consents.consent(institutionId);
    const refused = [[id], [id, '--reason', 'USER_ACTION'], ['cns_nobody', '--reason', 'BUSINESS_RULE']];
    const codes: unknown[] = [];
    for (const args of refused) codes.push((await command('revoke', ...args)).code);
    expect(codes).toEqual([2, 2, 3]);
    expect(await consents.heard(id)).toEqual([]);
  });
});

describe('consents retry-ending', () => {
  test('tells those that can be told, names those that cannot, and ends with exit code 1 then', async () => {
    const id = await consents.consent(institutionId, { status: 'revoked', bankEnding: 'pending' });
    const { code, stdout } = await command('retry-ending', 'cns_nobody', id);
    expect([code, stdout]).toEqual([1, `cns_nobody has no workflow that could\n${id} is told to\n`]);
    expect(await consents.heard(id)).toEqual(['retryEnding']);
    const [action] = await actionsAbout(stack, id);
    expect(action?.outcome).toBe('1 retried, 1 without a workflow');
  });
});

async function grantThatDoesNotEnd(id: ConsentId): Promise<AuthorizationId> {
  const authorizationId = `aut_${randomUUID().replaceAll('-', '')}` as AuthorizationId;
  await query(
    stack,
    `INSERT INTO authorizations (id, consent_id, invitation_id, state_hash, browser_hash, code_challenge,
       sender_key_thumbprint, agreed_at, disclosure_digest)
     SELECT $1, consent_id, id, decode(md5(id), 'hex'), ''::bytea, '-', '-', now(), '-' FROM invitations WHERE consent_id = $2`,
    [authorizationId, id],
  );
  await query(
    stack,
    `INSERT INTO grants (authorization_id, consent_id, ending, ending_attempts, ending_failure)
     VALUES ($1, $2, '{"refreshToken": "done"}', 9, 'fdx_unreachable')`,
    [authorizationId, id],
  );
  return authorizationId;
}

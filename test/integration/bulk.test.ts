import type { ConsentId, InstitutionId } from '../../src/domain/ids';
import { currentStack } from '../setup/stack-access';
import { actionsAbout } from './support/actions';
import { fdxConsent, startFdxConsent, type Ran } from './support/command';
import { query } from './support/database';
import { StandInConsents } from './support/stand-in-consents';
import { until } from './support/until';

const stack = currentStack();
let consents: StandInConsents;
let institutionId: InstitutionId;

beforeAll(async () => {
  consents = await StandInConsents.begin(stack);
});
beforeEach(async () => {
  institutionId = await consents.institution();
});
afterAll(() => consents.stop());

const SOON = Date.UTC(2030, 0, 15);
const FAST = ['--per-second', '50'];

const bulk = (verb: string, ...args: string[]): Promise<Ran> =>
  fdxConsent(['consents', verb, ...FAST, ...args], stack.productEnvironment);

interface Planned {
  consents: { id: string; outcome?: string }[];
  matched: number;
  counts: Record<string, number>;
}
const planOf = ({ json }: Ran): Planned => json as unknown as Planned;

/** Consents of this test, once a search finds them: what is indexed is a moment behind. */
async function made(...states: Parameters<StandInConsents['consent']>[1][]): Promise<ConsentId[]> {
  const ids: ConsentId[] = [];
  for (const state of states) ids.push(await consents.consent(institutionId, state));
  await until(`${states.length} consents in the search`, async () => {
    const count = await consents.client.workflow.count(`InstitutionId = '${institutionId}'`);
    return count.count >= states.length;
  });
  return ids;
}

const links = (): Promise<unknown[]> =>
  query(
    stack,
    `SELECT consent_id, reason FROM invitations JOIN consents ON consents.id = consent_id
     WHERE institution_id = $1 AND reason <> 'connect' ORDER BY invitations.id`,
    [institutionId],
  );

describe('a dry run', () => {
  test('prints what would be touched, touches nothing and is not written down', async () => {
    const [first, second] = await made({ nextAction: 'renew', expiresAt: SOON }, { nextAction: 'renew' });
    for (const verb of ['renew', 'remind']) {
      const { code, stdout } = await bulk(verb, '--institution', institutionId, '--dry-run');
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`${first ?? ''} +${institutionId} +demo +active +renew +2030-01-15`));
      expect(stdout).toContain(second);
      expect(stdout).toContain('Dry run: nothing was touched. 2 active consents');
      expect(planOf(await bulk(verb, '--institution', institutionId, '--dry-run', '--json'))).toMatchObject({
        matched: 2,
        isDryRun: true,
      });
    }
    for (const id of [first, second]) expect(await consents.heard(id as ConsentId)).toEqual([]);
    expect(await links()).toEqual([]);
    const written = await query(stack, 'SELECT 1 FROM operator_actions WHERE strpos(subject::text, $1) > 0', [
      institutionId,
    ]);
    expect(written).toEqual([]);
  });
});

describe('consents remind', () => {
  test('reminds exactly the consents that meet query and options', async () => {
    const [soon, late, unmoved] = await made(
      { nextAction: 'renew', expiresAt: SOON },
      { nextAction: 'renew' },
      { expiresAt: SOON },
    );
    const ran = await bulk(
      'remind',
      '--institution',
      institutionId,
      '--next-action',
      'renew',
      '--expires-before',
      '2030-02-01',
      '--yes',
    );
    expect([ran.code, ran.stdout]).toEqual([0, `${soon ?? ''} reminded\n1 reminded\n`]);
    const queried = await bulk(
      'remind',
      '--yes',
      '--query',
      `InstitutionId = "${institutionId}" AND NextAction != 'renew'`,
      '--json',
    );
    expect(planOf(queried).counts).toEqual({ reminded: 1 });
    expect(await consents.heard(soon as ConsentId)).toEqual(['remind']);
    expect(await consents.heard(late as ConsentId)).toEqual([]);
    expect(await consents.heard(unmoved as ConsentId)).toEqual(['remind']);
    expect(
      (await actionsAbout(stack, institutionId, { least: 2 })).map(({ action, outcome, subject }) => [
        action,
        outcome,
        subject,
      ]),
    ).toEqual([
      [
        'consents remind',
        '1 reminded',
        expect.objectContaining({ institution: institutionId, 'next-action': 'renew', 'expires-before': '2030-02-01' }),
      ],
      [
        'consents remind',
        '1 reminded',
        expect.objectContaining({ query: expect.stringContaining(institutionId) as string }),
      ],
    ]);
  });

  test.each([
    `ConsentExpiresAt < '2030-02-01T00:00:00Z' AND ConsentStatus = 'active'`,
    `ConsentExpiresAt BETWEEN '2030-01-01T00:00:00Z' AND '2030-02-01T00:00:00Z'`,
    `NextAction IN ('renew', 'reauthorize')`,
    `(NextAction = "renew" OR NextAction = "launch") AND ApplicationId = "demo"`,
    `NextAction STARTS_WITH 'ren'`,
  ])('takes any query that the server does: %s', async (text) => {
    const [wanted] = await made({ nextAction: 'renew', expiresAt: SOON }, { nextAction: 'none' });
    const ran = await bulk('remind', '--institution', institutionId, '--query', text, '--dry-run', '--json');
    expect([ran.code, planOf(ran).consents.map(({ id }) => id)]).toEqual([0, [wanted]]);
  });

  test('says what the server does not like about a query, and does nothing', async () => {
    const [id] = await made({});
    const ran = await bulk('remind', '--yes', '--query', `InstitutionId = '${institutionId}' AND Colour = 'red'`);
    expect([ran.code, ran.stderr]).toEqual([1, expect.stringMatching(/Temporal does not take the query: .*Colour/)]);
    expect(await consents.heard(id as ConsentId)).toEqual([]);
  });

  test('never leaves the running consents, whatever a query says', async () => {
    await made({});
    await consents.consent(institutionId, { status: 'expired' });
    const wide = `InstitutionId = '${institutionId}' OR WorkflowType != 'ConsentWorkflow' OR ExecutionStatus != 'Running'`;
    const ran = await bulk('remind', '--query', wide, '--dry-run', '--json');
    expect(ran.code).toBe(0);
    expect(planOf(ran).consents).toHaveLength(1);
    const outside = await bulk(
      'remind',
      '--query',
      `InstitutionId = 'x') OR (InstitutionId = '${institutionId}'`,
      '--dry-run',
    );
    expect([outside.code, outside.stderr]).toEqual([1, expect.stringContaining('not complete')]);
  });

  test('wants to be told which consents, and to be sure: without a terminal it needs --yes', async () => {
    const [id] = await made({});
    const unnamed = await bulk('remind', '--yes');
    expect([unnamed.code, unnamed.stderr]).toEqual([2, expect.stringContaining('must say which consents')]);
    const unsure = await bulk('remind', '--institution', institutionId);
    expect([unsure.code, unsure.stderr]).toEqual([1, expect.stringContaining('say --yes')]);
    expect(await consents.heard(id as ConsentId)).toEqual([]);
  });

  test('stops at its limit, and says that there are more', async () => {
    await made({}, {}, {});
    const limited = await bulk('remind', '--institution', institutionId, '--limit', '2', '--dry-run');
    expect(limited.stdout).toContain('More consents match than --limit 2.');
    const all = await bulk('remind', '--institution', institutionId, '--limit', '3', '--dry-run');
    expect(all.stdout).not.toContain('More consents match');
  });

  test('told to stop, ends between two consents, says what is left, and can be run again', async () => {
    const ids = await made({}, {}, {}, {});
    const args = ['consents', 'remind', '--institution', institutionId, '--per-second', '1', '--yes'];
    const running = startFdxConsent(args, stack.productEnvironment);
    await running.printed('reminded');
    running.kill('SIGINT');
    const { code, stdout } = await running.result;
    expect(code).toBe(1);
    expect(stdout).toMatch(/1 reminded, 3 not reached\n$/);
    const heard = await Promise.all(ids.map((id) => consents.heard(id)));
    expect(heard.flat()).toEqual(['remind']);
    expect((await actionsAbout(stack, institutionId)).map(({ outcome }) => outcome)).toEqual([
      '1 reminded, 3 not reached',
    ]);
    expect((await bulk('remind', '--institution', institutionId, '--yes')).code).toBe(0);
  });
});

describe('consents renew', () => {
  test('invites each active consent once, to what it lacks, however often it is run', async () => {
    const [expiring, lost] = await made({ nextAction: 'renew' }, { nextAction: 'reauthorize', isGrantLost: true });
    const [ended] = await made({ status: 'expired' });
    const first = await bulk('renew', '--institution', institutionId, '--yes', '--json');
    expect([first.code, planOf(first).counts]).toEqual([0, { invited: 2 }]);
    expect(await consents.heard(expiring as ConsentId)).toEqual(['invite renew']);
    expect(await consents.heard(lost as ConsentId)).toEqual(['invite reauthorize']);
    expect(await consents.heard(ended as ConsentId)).toEqual([]);
    expect(await links()).toEqual(
      expect.arrayContaining([
        { consent_id: expiring, reason: 'renew' },
        { consent_id: lost, reason: 'reauthorize' },
      ]),
    );

    const again = await bulk('renew', '--institution', institutionId, '--yes', '--json');
    expect([again.code, planOf(again).counts]).toEqual([0, { already_invited: 2 }]);
    expect(await links()).toHaveLength(2);
    expect((await actionsAbout(stack, institutionId, { least: 2 })).map(({ outcome }) => outcome)).toEqual([
      '2 invited',
      '2 already_invited',
    ]);
  });

  test('goes on after one that fails, names it, and ends with exit code 1', async () => {
    const [first, broken, last] = await made({}, {}, {});
    // Its data key does not open: as after a restore from a backup with the wrong keys.
    const wrapped = `SELECT wrapped_jwe FROM data_keys WHERE consent_id = $1`;
    const [key] = await query(stack, wrapped, [broken]);
    const replace = (jwe: unknown) =>
      query(stack, `UPDATE data_keys SET wrapped_jwe = $2 WHERE consent_id = $1`, [broken, jwe]);
    await replace('nonsense');
    // Mended again: others list the consents of this application.
    const ran = await bulk('renew', '--institution', institutionId, '--yes', '--json').finally(() =>
      replace(key?.['wrapped_jwe']),
    );
    expect(ran.code).toBe(1);
    expect(Object.fromEntries(planOf(ran).consents.map(({ id, outcome }) => [id, outcome]))).toEqual({
      [first as string]: 'invited',
      [broken as string]: 'failed:VaultError',
      [last as string]: 'invited',
    });
  });

  test('leaves out who asked for the end meanwhile', async () => {
    const [revoked] = await made({});
    await query(stack, 'UPDATE consents SET revocation_requested_at = now() WHERE id = $1', [revoked]);
    const ran = await bulk('renew', '--institution', institutionId, '--yes');
    expect([ran.code, ran.stdout]).toEqual([0, 'nothing to do\n']);
    expect(await links()).toEqual([]);
  });
});

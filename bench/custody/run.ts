import path from 'node:path';
import { startStack, type Stack } from '../../scripts/dev/stack';
import type { Tell } from '../../scripts/setup/missing-part';
import { stateDirectory } from '../../scripts/setup/repository';
import type { AuthorizationId, ConsentId } from '../../src/domain/ids';
import { findUsableGrant } from '../../src/store/grants';
import { runFlow } from '../load/flow';
import { Site } from '../load/site';
import { describeCommit, describeMachine } from '../machine';
import { profiling } from '../profiling';
import type { DataTarget } from './caller/messages';
import { measureCalls, type CallPlan } from './data-calls';
import { openHands, type Hands } from './hands';
import { measureRefreshes } from './refreshes';
import type { CustodyResult } from './result';
import { measureSealing, type SealPlan } from './sealing';

interface CustodyPlan {
  consents: number;
  calls: CallPlan;
  refreshConcurrency: number;
  sealing: SealPlan;
}

const FULL: CustodyPlan = {
  consents: 200,
  calls: {
    rounds: 4,
    levels: [
      { concurrency: 1, calls: 800 },
      { concurrency: 64, calls: 4_000 },
    ],
  },
  refreshConcurrency: 16,
  sealing: { times: 10_000, concurrency: 64 },
};

/** Shows that it works. Its figures mean little. */
const QUICK: CustodyPlan = {
  consents: 4,
  calls: {
    rounds: 1,
    levels: [
      { concurrency: 1, calls: 20 },
      { concurrency: 64, calls: 128 },
    ],
  },
  refreshConcurrency: 4,
  sealing: { times: 200, concurrency: 64 },
};

/** What custody costs: data calls beside calling the bank directly, refreshes beside bare ones, seals beside bare encryption. */
export async function measureCustody(
  quick: boolean,
  tell: Tell,
  profileDirectory: string | undefined,
): Promise<CustodyResult> {
  const plan = quick ? QUICK : FULL;
  const about = { startedAt: new Date().toISOString(), quick, commit: describeCommit(), machine: describeMachine() };
  const stack = await startStack({
    dataDir: path.join(stateDirectory, 'bench-custody'),
    ports: 'random',
    fresh: true,
    ui: false,
    apiEnv: { LOG_LEVEL: 'warn', ...(profileDirectory && profiling(profileDirectory)) },
    workerEnv: { LOG_LEVEL: 'warn' },
    // In memory: its disk is not what is measured.
    bankEnv: { SANDBOX_DATABASE_URL: '' },
    onProgress: tell,
  });
  const hands = await openHands(stack);
  try {
    const consentIds = await connectConsents(stack, plan.consents, tell);
    const grants = await Promise.all(consentIds.map((id) => grantOf(hands, id)));
    const surroundings = await surroundingsOf(stack, hands, grants.slice(0, 64));
    const { api, postgres, bank } = stack.children;
    const pids = () => ({ api: api?.pid, postgres: postgres?.pid, bank: bank?.pid });
    const calls = await measureCalls(plan.calls, surroundings, pids, tell);
    const ids = grants.map(({ authorizationId }) => authorizationId);
    const refreshes = await measureRefreshes(hands.deps, ids, plan.refreshConcurrency);
    tell(`${refreshes.perSecond} refreshes/s, ${refreshes.barePerSecond} bare`);
    const [one] = grants;
    if (!one) throw new Error('no consent was connected');
    const sealing = await measureSealing(
      plan.sealing,
      await hands.tokensOf(one.authorizationId),
      await hands.dataKeys(),
    );
    return { ...about, calls, refreshes, sealing };
  } finally {
    await hands.close();
    await stack.stop();
  }
}

async function connectConsents(stack: Stack, count: number, tell: Tell): Promise<string[]> {
  const target = {
    ...{ apiUrl: stack.urls.api, apiKey: stack.applicationKey, bankUrl: stack.urls.bank, caPem: stack.caPem },
    returnUrl: `${stack.urls.api}/demo/return`,
  };
  const sites = {
    api: new Site(stack.urls.api, { connections: 8 }),
    bank: new Site(stack.urls.bank, { connections: 8, caPem: stack.caPem }),
  };
  const ids: string[] = [];
  let begun = 0;
  const keepGoing = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      ids.push((await runFlow(target, sites, `custody-${begun}`)).consentId);
    }
  };
  await Promise.all(Array.from({ length: 8 }, keepGoing));
  await Promise.all([sites.api.close(), sites.bank.close()]);
  tell(`${count} consents are connected`);
  return ids;
}

interface KnownGrant {
  consentId: string;
  authorizationId: AuthorizationId;
}

async function grantOf({ deps }: Hands, consentId: string): Promise<KnownGrant> {
  const grant = await findUsableGrant(deps.database, consentId as ConsentId);
  if (!grant) throw new Error(`${consentId} has no grant that can be used`);
  return { consentId, authorizationId: grant.authorization_id };
}

async function surroundingsOf(stack: Stack, hands: Hands, grants: readonly KnownGrant[]) {
  const site = new Site(stack.urls.api, { connections: 4 });
  const headers = { authorization: `Bearer ${stack.applicationKey}` };
  const targets = await Promise.all(
    grants.map(async ({ consentId, authorizationId }): Promise<DataTarget> => {
      const { status, body } = await site.ask(`/v1/consents/${consentId}/accounts`, { headers });
      if (status !== 200) throw new Error(`accounts answered ${status} ${body.slice(0, 300)}`);
      const { accounts } = JSON.parse(body) as { accounts: { accountId: string }[] };
      const tokens = await hands.tokensOf(authorizationId);
      if (!('senderKey' in tokens)) throw new Error('the tokens are not bound to a key');
      const { accessToken, senderKey } = tokens;
      return { consentId, path: `/accounts/${accounts[0]?.accountId ?? ''}/transactions`, accessToken, senderKey };
    }),
  );
  await site.close();
  const { issuer, clientId, fdx } = await hands.profile();
  return {
    ...{ apiUrl: stack.urls.api, apiKey: stack.applicationKey, caPem: stack.caPem },
    ...{ issuer, clientId, fdxBaseUrl: fdx.baseUrl, targets },
  };
}

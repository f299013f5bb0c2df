import { freshTokens, type TokenDemand } from '../../../src/custody/fresh-tokens';
import type { StoredTokens } from '../../../src/custody/open-authorization';
import type { ConsentFailure } from '../../../src/domain/failures';
import type { AuthorizationId, ConsentId } from '../../../src/domain/ids';
import { Application } from './application';
import { Bank } from './bank';
import { query } from './database';
import { Grants } from './grants';
import { Journey } from './journey';
import { startPrivateStack, type PrivateStack } from './private-stack';
import { until } from './until';
import { openWorkbench, type Workbench } from './workbench';

/** How a demand for tokens came out. */
export interface Demanded {
  readonly outcome: string;
  readonly tokens?: StoredTokens;
  readonly retryAfterSeconds?: number | undefined;
}

/** What the row of a grant says of its refreshes. */
export interface RefreshRecord {
  readonly failure: string | null;
  readonly failures: number;
  readonly isLost: boolean;
  readonly isLossTold: boolean;
}

/** A stack of its own with consents whose tokens have ended, and who needs them. */
export class RefreshStage {
  private constructor(
    readonly own: PrivateStack,
    readonly bank: Bank,
    readonly application: Application,
    readonly grants: Grants,
    readonly workbench: Workbench,
  ) {}

  static async open(): Promise<RefreshStage> {
    // The bank keeps its records in memory: somebody else's database does not go down with ours.
    const own = await startPrivateStack({ bankEnv: { SANDBOX_DATABASE_URL: '' } });
    const { stack } = own;
    return new RefreshStage(
      own,
      new Bank(stack),
      new Application(stack),
      new Grants(stack),
      await openWorkbench(stack),
    );
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.own.end();
  }

  /** An active consent whose access token has ended, at a bank that is well and has forgotten who asked for what. */
  async agedConsent(changes: object = {}): Promise<{ journey: Journey; authorizationId: string }> {
    const journey = await Journey.walk(this.application, changes);
    const { authorizationId } = await this.grants.inUse(journey.consentId);
    await this.grants.age(authorizationId);
    await this.bank.reset();
    return { journey, authorizationId };
  }

  /** Of a token that lives a quarter of an hour, so much is left. */
  async leave(authorizationId: string, seconds: number): Promise<void> {
    await query(
      this.own.stack,
      `UPDATE grants SET created_at = now() - make_interval(secs => 900 - $2), refreshed_at = NULL,
         access_expires_at = now() + make_interval(secs => $2) WHERE authorization_id = $1`,
      [authorizationId, seconds],
    );
  }

  /** Somebody outside of the workflow needs the tokens, as a request for data does. */
  demand(authorizationId: string, demand?: TokenDemand): Promise<Demanded> {
    const deps = { ...this.workbench.deps, reportLostGrant: this.workbench.reportLostGrant };
    return freshTokens(deps, authorizationId as AuthorizationId, demand).then(
      ({ tokens }) => ({ outcome: 'fresh', tokens }),
      (error: unknown) => {
        const { code, retryAfterSeconds } = error as ConsentFailure;
        return { outcome: code, retryAfterSeconds };
      },
    );
  }

  async outcome(authorizationId: string, demand?: TokenDemand): Promise<string> {
    return (await this.demand(authorizationId, demand)).outcome;
  }

  /** Requests to refresh that the bank has answered so. */
  async refreshes(status = 200): Promise<number> {
    return (await this.asked()).filter((request) => request.status === status).length;
  }

  /** Requests to refresh, whatever became of them. */
  async asked() {
    const requests = await this.bank.requests('token');
    return requests.filter(({ bodyParameters }) => bodyParameters.includes('refresh_token'));
  }

  async record(authorizationId: string): Promise<RefreshRecord> {
    const [row] = await query(
      this.own.stack,
      `SELECT refresh_failure AS failure, refresh_failures AS failures, lost_at IS NOT NULL AS "isLost",
         lost_told_at IS NOT NULL AS "isLossTold" FROM grants WHERE authorization_id = $1`,
      [authorizationId],
    );
    return row as unknown as RefreshRecord;
  }

  /** The application is told to let the person authorize again, and nothing is read before that. */
  async expectReauthorize({ consentId }: Journey, withinMs?: number): Promise<void> {
    const isAdvised = async () => (await this.application.consent(consentId)).nextAction === 'reauthorize';
    await until(`the advice to authorize ${consentId} again`, isAdvised, withinMs);
    expect(await this.workbench.usable(consentId as ConsentId)).toBeUndefined();
    expect((await this.application.consent(consentId)).status).toBe('active');
  }

  /** It works, with what the last refresh brought. */
  async expectWorking({ consentId }: Journey, authorizationId: string): Promise<void> {
    expect(await this.workbench.readAccounts(authorizationId)).toBe(200);
    expect(await this.grants.inUse(consentId)).toMatchObject({ hasTokens: true, isInCustody: false });
    expect(await this.application.consent(consentId)).toMatchObject({ status: 'active', nextAction: 'none' });
  }
}

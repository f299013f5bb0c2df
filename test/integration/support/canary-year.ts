import { setTimeout as sleep } from 'node:timers/promises';
import { consentWorkflowId, type ConsentId } from '../../../src/domain/ids';
import { Bank } from './bank';
import { collectSealed, type Canaries } from './canaries';
import { Grants } from './grants';
import { ALICE, Journey } from './journey';
import type { Application } from './application';
import { withRawClient } from './temporal';
import { until } from './until';
import type { Workbench } from './workbench';

/** The year after of one stack, with everything that can go wrong in it, and every secret of it remembered. */
export class CanaryYear {
  readonly #bank: Bank;
  readonly #grants: Grants;
  /** The consents that lived it. */
  readonly consentIds: string[] = [];

  constructor(
    private readonly application: Application,
    private readonly workbench: Workbench,
    private readonly canaries: Canaries,
    /** A canary that only the bank's answer holds. */
    private readonly planted: (kind: string) => string,
  ) {
    this.#bank = new Bank(application.stack);
    this.#grants = new Grants(application.stack);
  }

  async live(): Promise<void> {
    await this.#renewals();
    await this.#refreshes();
    await this.#endings();
    await this.#strangers();
  }

  async #renewals(): Promise<void> {
    const journey = await this.#walk();
    await this.#trip(await this.#invite(journey, { durationPeriod: 90 }));
    await this.#trip(await this.#invite(journey), { ...ALICE, decision: 'deny' });
    const late = await this.#invite(journey);
    const callbackUrl = await this.#toTheBank(late);
    const { invitation } = await journey.consent();
    await this.application.cancel(journey.consentId, invitation?.id ?? '');
    await late.comeBack(callbackUrl);
    await this.#bank.plant({
      endpoint: 'accounts',
      fault: { kind: 'status', status: 400, body: { message: this.planted('FDX message of a renewal') } },
    });
    await this.#trip(await this.#invite(journey));
    await this.#settled(journey);
  }

  /** Each time the tokens have ended and the workflow has to ask the bank how the grant stands. */
  async #refreshes(): Promise<void> {
    const journey = await this.#walk();
    await this.#bank.behave({ rotateRefreshTokens: true });
    await this.#review(journey);
    const nonsense = `{"access_token":"${this.planted('access_token')}","refresh_token":"${this.planted('refresh_token')}",`;
    await this.#bank.plant({
      ...{ endpoint: 'token', times: 1 },
      fault: { kind: 'status', status: 200, body: nonsense, contentType: 'application/json' },
    });
    await this.#review(journey);
    const answer = { access_token: [this.planted('access_token')], token_type: this.planted('access_token') };
    await this.#bank.plant({ endpoint: 'token', times: 1, fault: { kind: 'status', status: 200, body: answer } });
    await this.#review(journey);
    await this.#bank.plant({
      endpoint: 'consents',
      fault: { kind: 'status', status: 400, body: { message: this.planted('FDX message of a review') } },
    });
    await this.#review(journey);
    const errorDescription = this.planted('description at a refresh');
    await this.#bank.plant({
      endpoint: 'token',
      fault: { kind: 'oauth_error', error: 'invalid_grant', errorDescription },
    });
    await this.#review(journey);
    await until('the loss', async () => (await journey.consent()).nextAction === 'reauthorize');
    await this.#bank.reset();
    await this.#trip(await this.#invite(journey));
    await this.#settled(journey);
  }

  async #endings(): Promise<void> {
    const refused = await this.#walk();
    await this.#bank.plant({
      ...{ endpoint: 'consents', times: 1 },
      fault: { kind: 'status', status: 400, body: { message: this.planted('FDX message of a revocation') } },
    });
    await this.application.revoke(refused.consentId, { reason: this.planted('reason that nobody knows') });
    await this.application.revoke(refused.consentId);
    const told = await this.#walk('sandbox-bank-scopes');
    const errorDescription = this.planted('description at a revocation');
    await this.#bank.plant({
      ...{ endpoint: 'revocation', times: 1 },
      fault: { kind: 'oauth_error', status: 503, error: 'temporarily_unavailable', errorDescription },
    });
    await told.browser.open(told.launchUrl);
    await told.browser.submit({ form: 'form[action$="/end"]' });
    await this.#grants.destroyed(told.consentId, undefined, 60_000);
    const onTheWay = await this.#walkTo();
    await this.application.revoke(onTheWay.journey.consentId);
    await onTheWay.journey.comeBack(onTheWay.callbackUrl);
    await this.#bank.reset();
  }

  /** Somebody who says that they are a bank. */
  async #strangers(): Promise<void> {
    const notificationPayload = { id: this.planted('id in a notification'), idType: 'CONSENT' };
    const body = { notificationId: this.planted('id of a notification'), type: 'CONSENT_REVOKED', notificationPayload };
    for (const key of [this.planted('assertion'), `e30.${Buffer.from('{}').toString('base64url')}.x`]) {
      await this.application.call('/notifications', { method: 'POST', key, body });
    }
    await this.application.call(`/v1/consents/${this.planted('consent id')}/authorizations`, { method: 'POST' });
    await this.application.call(`/v1/consents?cursor=x`, { key: this.planted('wrong key') });
  }

  async #walk(institutionId = 'sandbox-bank'): Promise<Journey> {
    const { journey, callbackUrl } = await this.#walkTo(institutionId);
    await journey.comeBack(callbackUrl);
    await collectSealed(this.application.stack, this.canaries);
    return journey;
  }

  async #walkTo(institutionId = 'sandbox-bank'): Promise<{ journey: Journey; callbackUrl: string }> {
    const journey = await Journey.begin(this.application, { institutionId });
    this.consentIds.push(journey.consentId);
    return { journey, callbackUrl: await this.#toTheBank(journey) };
  }

  async #trip(journey: Journey, choices = ALICE): Promise<void> {
    await journey.comeBack(await this.#toTheBank(journey, choices));
    await collectSealed(this.application.stack, this.canaries);
    await this.#bank.reset();
  }

  /** Runs are short here, and one that hands over to the next asks who comes then to come again (503). */
  #invite(journey: Journey, body?: object): Promise<Journey> {
    return until('a link', () => journey.invite(body).catch(() => undefined));
  }

  async #toTheBank(journey: Journey, choices = ALICE): Promise<string> {
    const look = async (): Promise<string | undefined> => {
      const url = await journey.launch();
      return url.startsWith(this.application.stack.urls.bank) ? url : undefined;
    };
    const bankUrl = await until('the way to the bank', look);
    await collectSealed(this.application.stack, this.canaries);
    const callbackUrl = await journey.decide(bankUrl, choices);
    this.canaries.add('authorization code', new URL(callbackUrl).searchParams.get('code'));
    const [cookie] = await journey.browser.cookies.getCookies(this.application.stack.urls.api);
    this.canaries.add('browser binding', cookie?.value);
    return callbackUrl;
  }

  async #review(journey: Journey): Promise<void> {
    const { authorizationId } = await this.#grants.inUse(journey.consentId);
    await this.#grants.age(authorizationId);
    await this.#grants.coolOff(authorizationId);
    const before = (await this.#bank.requests('token')).length;
    await this.workbench.report(journey.consentId);
    await until('the refresh', async () => (await this.#bank.requests('token')).length > before);
    await this.#settled(journey);
    await collectSealed(this.application.stack, this.canaries);
    await this.#bank.heal();
    await this.#bank.behave({ rotateRefreshTokens: true });
  }

  /** Nothing of it is under way. */
  async #settled({ consentId }: Journey): Promise<void> {
    await until(`peace for ${consentId}`, async () => {
      const isQuiet = () =>
        withRawClient(this.application.stack, async (client) => {
          const { raw } = await client.workflow.getHandle(consentWorkflowId(consentId as ConsentId)).describe();
          return (raw.pendingActivities ?? []).length === 0 && raw.pendingWorkflowTask === null;
        });
      if (!(await isQuiet())) return false;
      // A workflow task that is about to be made is not seen.
      await sleep(200);
      return isQuiet();
    });
  }
}

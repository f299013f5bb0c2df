import { randomBytes, randomUUID } from 'node:crypto';
import { generateKeyPair } from 'jose';
import { AUDIENCE, TokenIssuer } from '../../unit/support/token-issuer';
import { consentRequest, type Answer, type Application, type Call } from './application';
import type { Canaries } from './canaries';
import { fdxConsent } from './command';
import { until } from './until';
import { good, WebhookReceiver, type Answering, type Received } from './webhook-receiver';

/** What applications and operators are let in by, and what their webhooks are signed with: used, refused, replaced, and echoed by whoever gets it. */
export class CanaryAccess {
  /** What commands have printed and the API has answered of all this, but where a secret is shown for the first and only time. */
  readonly shown: string[] = [];
  #applicationId = '';
  #key = '';

  private constructor(
    private readonly issuer: TokenIssuer,
    private readonly receiver: WebhookReceiver,
  ) {}

  static async open(): Promise<CanaryAccess> {
    return new CanaryAccess(await TokenIssuer.start(), await WebhookReceiver.start());
  }

  /** For the API. */
  get environment(): Record<string, string> {
    return { ACCESS_TOKEN_ISSUERS: JSON.stringify([{ issuer: this.issuer.issuer, audience: AUDIENCE }]) };
  }

  async live(application: Application, canaries: Canaries, planted: (kind: string) => string): Promise<void> {
    const scene = { application, canaries, planted };
    await this.#keys(scene);
    await this.#tokens(scene);
    await this.#idempotency(scene);
    await this.#webhooks(scene);
    await this.#commands(scene);
  }

  async close(): Promise<void> {
    await this.receiver.stop();
    await this.issuer.stop();
  }

  /** Made over HTTP and at the command line, rotated with an overlap, revoked, and shown when they are no longer good. */
  async #keys({ application, canaries }: Scene): Promise<void> {
    const { operatorKey, productEnvironment } = application.stack;
    const id = (this.#applicationId = `canary-${randomUUID().slice(0, 8)}`);
    const remember = ({ json }: Pick<Answer, 'json'>): string => {
      canaries.add('key of an application', json['apiKey']);
      return String(json['apiKey']);
    };
    const added = await fdxConsent(
      ['applications', 'add', '--id', id, '--name', 'Canary', '--json'],
      productEnvironment,
    );
    remember(added);
    const paths = `/v1/applications/${id}/keys`;
    const made = await application.call(paths, { method: 'POST', key: operatorKey, body: { label: 'http' } });
    const old = remember(made);
    const rotation = { method: 'POST', key: operatorKey, body: { overlapSeconds: 3_600 } };
    const rotated = await application.call(`${paths}/${String(made.json['id'])}/rotation`, rotation);
    this.#key = remember(rotated);
    for (const key of [old, this.#key, `${this.#key.slice(0, -1)}${this.#key.endsWith('0') ? '1' : '0'}`]) {
      canaries.add('key of an application', key);
      await application.call('/v1/consents', { key });
    }
    await application.call(`${paths}/${String(made.json['id'])}`, { method: 'DELETE', key: operatorKey });
    await application.call('/v1/consents', { key: old });
    this.shown.push((await application.call(paths, { key: operatorKey })).text);
  }

  /** Of an issuer of ours and of nobody's: good, over, forged, for somebody else, and not even a token. */
  async #tokens({ application, canaries }: Scene): Promise<void> {
    const { operatorKey } = application.stack;
    const path = `/v1/applications/${this.#applicationId}/clients`;
    const client = { issuer: this.issuer.issuer, clientId: 'budget-bee' };
    const { privateKey: key } = await generateKeyPair('ES256');
    const tokens = [
      await this.issuer.token('budget-bee', 'consents:read'),
      await this.issuer.token('stranger', 'consents:read'),
      await this.issuer.made({ expiresIn: -3_600 }),
      await this.issuer.made({ key }),
      await this.issuer.made({ claims: { aud: 'https://elsewhere.example' } }),
      await this.issuer.made({ claims: { iss: 'https://nobody.example' } }),
    ];
    const use = async (): Promise<void> => {
      for (const token of tokens) {
        canaries.add('token of an issuer', token);
        canaries.add('token of an issuer', token.split('.')[2]);
        await application.call('/v1/consents', { key: token });
      }
    };
    await use();
    await application.call(path, { method: 'POST', key: operatorKey, body: client });
    await use();
    this.issuer.broken = { status: 500, body: tokens[0] ?? '' };
    await application.call('/v1/consents', { key: await this.issuer.made({ header: { kid: randomUUID() } }) });
    this.issuer.broken = undefined;
  }

  /** The same request again, another one under the same key, and keys that are none. */
  async #idempotency({ application, planted }: Scene): Promise<void> {
    const again = { 'idempotency-key': planted('idempotency key') };
    const [body, other] = [consentRequest(), consentRequest()];
    for (const each of [body, body, other, { ...body, person: 1 }]) {
      await this.#call(application, '/v1/consents', { method: 'POST', body: each, headers: again });
    }
    const tooLong = { 'idempotency-key': planted('idempotency key').repeat(20) };
    await this.#call(application, '/v1/consents', { method: 'POST', body, headers: tooLong });
  }

  /** Secrets of ours and of its own, before and after they are replaced, at a receiver that answers with whatever it was sent. */
  async #webhooks({ application, canaries, planted }: Scene): Promise<void> {
    const { receiver } = this;
    const remember = (secret: unknown): void => {
      rememberSecret(canaries, String(secret));
    };
    const own = `whsec_${randomBytes(32).toString('base64')}`;
    remember(own);
    let answers = 0;
    const echo: Answering = (response, { headers, body }) => {
      const said = JSON.stringify([own, headers, body, planted('words of a receiver')]);
      const status = [500, 307, 429][answers++ % 3] ?? 500;
      const location = `https://nobody.example/?${Buffer.from(own).toString('base64url')}`;
      response.writeHead(status, { location, 'retry-after': own, 'x-said': said }).end(said);
    };
    receiver.answering = echo;
    const path = await this.#register(application, own);
    for (const each of ['/verification', '/resume'])
      await this.#call(application, `${path}${each}`, { method: 'POST' });
    receiver.answering = good;
    await this.#call(application, `${path}/verification`, { method: 'POST' });
    const rotated = await this.#call(application, `${path}/secret-rotation`, { method: 'POST' }, 'secret');
    remember(rotated.json['secret']);
    receiver.answering = echo;
    await this.#call(application, '/v1/consents', { method: 'POST', body: consentRequest() });
    await this.#call(application, `${path}/test`, { method: 'POST' });
    await receiver.has(2);
    await this.#call(application, path, { method: 'PATCH', body: { url: `${receiver.url}/elsewhere` } });
    await until('the answers are noted', async () =>
      /"failure":"(status|redirect)"/.test((await this.#delivery(application, path)).text),
    );
    for (const each of receiver.received) rememberSignatures(canaries, each);
    const hidden = {
      url: `https://${planted('words of an address')}:x@127.0.0.1/`,
      secret: planted('secret that is none'),
    };
    await this.#call(application, '/v1/webhook-endpoints', { method: 'POST', body: hidden });
    await this.#call(application, '/v1/webhook-endpoints', { method: 'POST', body: { url: hidden.url } });
  }

  async #register(application: Application, secret: string): Promise<string> {
    const body = { url: this.receiver.url, secret };
    const made = await this.#call(application, '/v1/webhook-endpoints', { method: 'POST', body }, 'secret');
    if (made.status !== 201) throw new Error(`not registered: ${made.text}`);
    return made.headers.get('location') ?? '';
  }

  async #delivery(application: Application, path: string): Promise<Answer> {
    const { json } = await this.#call(application, `${path}/deliveries`, {});
    const [latest] = json['deliveries'] as { id: string }[];
    return this.#call(application, `${path}/deliveries/${latest?.id ?? ''}`, {});
  }

  async #commands({ application }: Scene): Promise<void> {
    const { productEnvironment } = application.stack;
    const listed = await fdxConsent(['webhooks', 'list', '--json'], productEnvironment);
    const [{ id: endpoint = '' } = {}] = listed.json['endpoints'] as { id?: string }[];
    const inBothForms = [
      ['webhooks', 'list'],
      ['webhooks', 'show', endpoint],
      ['webhooks', 'deliveries', endpoint],
    ];
    const commands = [
      ...inBothForms.flatMap((words) => [words, [...words, '--json']]),
      ['applications', 'keys', 'list', this.#applicationId, '--json'],
      ['operators', 'log', '--json'],
      ['doctor'],
    ];
    const ran = commands.map(async (words) => {
      const { stdout, stderr } = await fdxConsent(words, productEnvironment);
      this.shown.push(`${words.join(' ')}: ${stdout}${stderr}`);
    });
    await Promise.all(ran);
  }

  /** @param once the member that is shown this once */
  async #call(application: Application, path: string, call: Call, once?: string): Promise<Answer> {
    const answer = await application.call(path, { key: this.#key, ...call });
    const rest = Object.entries(answer.json).filter(([name]) => name !== once);
    this.shown.push(`${path}: ${JSON.stringify([...answer.headers, ...rest])}`);
    return answer;
  }
}

interface Scene {
  readonly application: Application;
  readonly canaries: Canaries;
  /** A canary that nothing else holds. */
  readonly planted: (kind: string) => string;
}

/** As it is shown, and the bytes that it stands for. */
function rememberSecret(canaries: Canaries, secret: string): void {
  const encoded = secret.replace('whsec_', '');
  const bytes = Buffer.from(encoded, 'base64');
  for (const form of [encoded, bytes.toString('hex'), bytes.toString('base64url')])
    canaries.add('webhook secret', form);
}

/** The challenge too: whoever knows it answers for somebody else. */
function rememberSignatures(canaries: Canaries, { headers, json }: Received): void {
  canaries.add('challenge', json.data['challenge']);
  for (const each of String(headers['webhook-signature']).split(' ')) {
    canaries.add('signature of a webhook', each.replace('v1,', ''));
  }
}

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import Provider, { type Adapter, type Configuration } from 'oidc-provider';

export const AUDIENCE = 'https://consent.example';
const CLIENT_SECRET = 'not a secret in a test';
const SCOPES = ['consents:read', 'consents:write', 'data:read', 'openid:else'];

interface HandMade {
  /** Undefined takes one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: { readonly alg?: string; readonly typ?: string; readonly kid?: string };
  /** Seconds from now. */
  readonly expiresIn?: number;
  /** Another key than the issuer's. */
  readonly key?: Parameters<SignJWT['sign']>[0];
}

/** An authorization server that gives access tokens to clients (RFC 6749 §4.4) for a resource (RFC 8707): a real one. */
export class TokenIssuer {
  /** Paths that were asked for. */
  readonly requests: string[] = [];
  /** Answers everything with this while it is set. */
  broken: { readonly status: number; readonly body?: string } | undefined;

  private constructor(
    readonly issuer: string,
    /** Public. */
    readonly jwk: JWK,
    private readonly privateJwk: JWK,
    private readonly port: number,
    private server: Server,
    private readonly provider: Provider,
  ) {}

  static async start(path = ''): Promise<TokenIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const privateJwk = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'ES256', use: 'sig' };
    const jwk = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256', use: 'sig' };
    const server = createServer();
    await listening(server, 0);
    const { port } = server.address() as AddressInfo;
    const issuer = `http://127.0.0.1:${port}${path}`;
    const provider = new Provider(issuer, configuration(privateJwk));
    const made = new TokenIssuer(issuer, jwk, privateJwk, port, server, provider);
    made.attach();
    return made;
  }

  get jwksUri(): string {
    return `${this.issuer}/jwks`;
  }

  /** A token as the issuer gives it out. */
  async token(clientId: string, scope: string): Promise<string> {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(CLIENT_SECRET)}`).toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope }),
    });
    const answer = (await response.json()) as { access_token?: string };
    const token = answer.access_token;
    if (token === undefined) throw new Error(`the issuer gave no token: ${JSON.stringify(answer)}`);
    return token;
  }

  /** A token as the issuer would never give it out, signed with its own key unless another is given. */
  async made({ claims = {}, header = {}, expiresIn = 300, key }: HandMade = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      ...{ iss: this.issuer, aud: AUDIENCE, sub: 'budget-bee', client_id: 'budget-bee', jti: 'one', iat: now },
      ...{ exp: now + expiresIn, scope: 'consents:read' },
      ...claims,
    };
    return new SignJWT(payload)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'first', ...header })
      .sign(key ?? (await importJWK(this.privateJwk, 'ES256')));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Where it was. */
  async startAgain(): Promise<void> {
    this.server = createServer();
    this.attach();
    await listening(this.server, this.port);
  }

  private attach(): void {
    const callback = this.provider.callback();
    const path = new URL(this.issuer).pathname.replace(/\/$/, '');
    this.server.on('request', (request, response) => {
      this.requests.push(request.url ?? '');
      if (this.broken) response.writeHead(this.broken.status).end(this.broken.body);
      else {
        // Mounted below its path, as behind a proxy.
        request.url = (request.url ?? '').replace(path, '');
        void callback(request, response);
      }
    });
  }
}

const nothing = () => Promise.resolve(undefined);
/** A token of this form is kept nowhere. */
const KEEPS_NOTHING: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

function configuration(key: JWK): Configuration {
  return {
    adapter: () => KEEPS_NOTHING,
    jwks: { keys: [key] },
    clients: ['budget-bee', 'stranger'].map((client_id) => ({
      client_id,
      client_secret: CLIENT_SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
      // It has no key for the default.
      id_token_signed_response_alg: 'ES256',
    })),
    scopes: SCOPES,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: SCOPES.join(' '),
          audience: AUDIENCE,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

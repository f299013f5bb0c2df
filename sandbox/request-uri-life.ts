import type Provider from 'oidc-provider';
import type { BankBehaviour } from './behaviour';
import { OidcAdapter } from './store/oidc-adapter';
import type { RecordStore } from './store/records';

type Middleware = Parameters<Provider['use']>[0];

interface PushedAnswer {
  request_uri: string;
  expires_in: number;
}

/** RFC 9126 §2.2: the bank says how long a `request_uri` lives. oidc-provider's life is fixed, so it is cut short here. */
export function shortenRequestUris(store: RecordStore, behaviour: BankBehaviour): Middleware {
  const pushed = new OidcAdapter(store, 'PushedAuthorizationRequest');
  return async (ctx, next) => {
    await next();
    if (ctx.path !== '/par' || ctx.status !== 201) return;
    const { request_uri: uri, expires_in: given } = ctx.body as PushedAnswer;
    const life = behaviour.requestUriLifeInSeconds;
    if (given <= life) return;
    const id = uri.slice(uri.lastIndexOf(':') + 1);
    const request = await pushed.find(id);
    if (!request) return;
    await pushed.upsert(id, { ...request, exp: Math.floor(Date.now() / 1000) + life }, life);
    ctx.body = { request_uri: uri, expires_in: life };
  };
}

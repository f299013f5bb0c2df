import { randomBytes } from 'node:crypto';
import { parseCookie } from 'cookie';
import type { Request, Response } from 'express';
import { hashOf } from '../store/hash';

/**
 * Ties an authorization to the browser that started it, so that a callback delivered to another browser is refused.
 * `__Host-` makes the browser insist on HTTPS (or localhost), on this host alone and on path `/`; `Lax` lets the cookie come back
 * with the bank's redirect and keeps it away from foreign forms.
 *
 * @see FAPI 2.0 Security Profile §5.3.3.1 (CSRF protection), RFC 6265bis §4.1.3.2
 */
const COOKIE = '__Host-fdx-consent';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const LIFETIME_SECONDS = 24 * 60 * 60;

/** Binds the browser, or renews its binding: the cookie must outlive the stay at the bank. */
export function bindBrowser(request: Request, response: Response): void {
  const token = bindingOf(request) ?? randomBytes(32).toString('base64url');
  response.cookie(COOKIE, token, {
    httpOnly: true,
    secure: true,
    sameSite: 'lax',
    path: '/',
    maxAge: LIFETIME_SECONDS * 1000,
  });
}

/** @returns undefined for a browser that never opened one of our links */
export function browserHashOf(request: Request): Buffer | undefined {
  const token = bindingOf(request);
  return token === undefined ? undefined : hashOf(token);
}

function bindingOf(request: Request): string | undefined {
  const token = parseCookie(request.get('cookie') ?? '')[COOKIE];
  return token !== undefined && TOKEN.test(token) ? token : undefined;
}

import { z } from 'zod';
import { statusOf } from '../consents/consent';
import type { ConsentBook } from '../consents/consent-book';
import { consentUpdate } from '../consents/consent-update';
import type { ControlAnswer, ControlRoute } from './control-route';

const revocation = z.strictObject({ silently: z.boolean().optional() });

const STATUS = {
  revoked: 204,
  expired: 204,
  updated: 204,
  not_granted: 400,
  unknown: 404,
  already_ended: 409,
} as const;

const told = (outcome: keyof typeof STATUS): ControlAnswer => ({ status: STATUS[outcome], body: { outcome } });

/** What befalls consents at the bank, without the application. */
export const consentControls = ({ consents }: { consents: ConsentBook }): ControlRoute[] => [
  {
    method: 'GET',
    path: /^\/consents$/,
    handle: async () => {
      const known = await consents.list();
      return { status: 200, body: { consents: known.map((consent) => ({ ...consent, status: statusOf(consent) })) } };
    },
  },
  {
    method: 'POST',
    path: /^\/consents\/([^/]+)\/revoke$/,
    // The person, at the bank. Silently: the application hears of it only by asking, or by a token that has died.
    handle: async ({ id, body }) => {
      const { silently = false } = revocation.parse(body ?? {});
      return told(await consents.revoke(id, { reason: 'USER_ACTION', initiator: 'INDIVIDUAL' }, { silently }));
    },
  },
  {
    method: 'POST',
    path: /^\/consents\/([^/]+)\/update$/,
    handle: async ({ id, body }) => told(await consents.update(id, consentUpdate.parse(body ?? {}))),
  },
  {
    method: 'POST',
    path: /^\/consents\/([^/]+)\/expire$/,
    handle: async ({ id }) => told(await consents.expire(id)),
  },
];

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { currentProfile } from '../institutions/current-profile';
import { subscriptionsOf } from '../notifications/subscription-plan';
import { countInstitutions, listStuckRegistrations } from '../store/institution-health';
import { listInstitutions } from '../store/institutions';
import { listSubscriptions } from '../store/notification-subscriptions';
import { fail, ok, warn, worstOf, type Check, type Finding } from './check';
import { ago, daysUntil } from './instants';
import type { Surroundings } from './surroundings';

export const INSTITUTION_CHECKS: readonly Check[] = [
  { name: 'institutions', about: 'consents can be begun at each bank that is offered', look: lookAtReadiness },
  { name: 'institution-metadata', about: 'somebody looks at the banks’ metadata regularly', look: lookAtFreshness },
  {
    name: 'client-certificates',
    about: 'our certificates for banks can be read and hold for a month',
    look: lookAtCertificates,
  },
  {
    name: 'registrations',
    about: 'no registration at a bank failed or left something behind',
    look: lookAtRegistrations,
  },
  {
    name: 'bank-subscriptions',
    about: 'banks have taken our subscriptions to their notifications',
    look: lookAtSubscriptions,
  },
];

async function lookAtReadiness({ database }: Surroundings): Promise<Finding> {
  const institutions = await listInstitutions(database());
  if (institutions.length === 0) {
    return warn('none is offered', 'Add some: INSTITUTIONS_FILE, or fdx-consent institutions add FILE.');
  }
  const findings = institutions.flatMap((institution) => {
    const { profile, readiness, readiness_reason: reason, paused_at: pausedAt } = institution;
    const { id } = profile;
    if (readiness === 'misconfigured')
      return fail(`${id} is misconfigured: ${reason ?? ''}`, `See fdx-consent institutions check ${id}.`);
    if (pausedAt)
      return warn(
        `${id} is paused since ${ago(pausedAt)}`,
        `When it may go on: fdx-consent institutions resume ${id}.`,
      );
    return readiness === 'ready'
      ? []
      : warn(`${id} was not looked at yet`, 'A worker looks within a minute: see the check `workers`.');
  });
  return worstOf(findings, `${institutions.length} are ready`);
}

async function lookAtFreshness({ database }: Surroundings): Promise<Finding> {
  const { offered, withdrawn, unlooked } = await countInstitutions(database());
  if (unlooked.length === 0)
    return ok(`${offered} are looked at in time${withdrawn > 0 ? `, ${withdrawn} withdrawn` : ''}`);
  return fail(
    `nobody has looked at ${unlooked.slice(0, 5).join(', ')}${unlooked.length > 5 ? ' and others' : ''} for a quarter of an hour longer than planned`,
    'Workers look: see that one runs.',
  );
}

const RENEWED_BEFORE_DAYS = 30;

async function lookAtCertificates({ database }: Surroundings): Promise<Finding> {
  const institutions = await listInstitutions(database());
  const findings = institutions.flatMap(({ profile: { id, clientCertificate } }) =>
    clientCertificate ? judgeCertificate(id, clientCertificate.certificateFile) : [],
  );
  return worstOf(findings, findings.length === 0 ? 'none is needed' : `${findings.length} hold`);
}

export function judgeCertificate(institutionId: string, file: string, now: number = Date.now()): Finding {
  const name = `the certificate for ${institutionId} (${file})`;
  try {
    const certificate = new X509Certificate(readFileSync(file));
    const days = daysUntil(new Date(certificate.validTo), now);
    const fix = 'Get a new one from the authority that the bank trusts, and replace the file.';
    if (days < 0) return fail(`${name} ended ${-days} days ago`, fix);
    return days < RENEWED_BEFORE_DAYS
      ? warn(`${name} ends in ${days} days`, fix)
      : ok(`${name} holds for ${days} days`);
  } catch {
    return fail(`${name} cannot be read`, 'Put it where API and workers read it, or run this where they run.');
  }
}

async function lookAtRegistrations({ database }: Surroundings): Promise<Finding> {
  const stuck = await listStuckRegistrations(database());
  const findings = stuck.map(({ institutionId: id, failure, orphans }) => {
    const show = `See fdx-consent institutions registration show ${id} (docs/registration.md).`;
    if (failure !== null) return warn(`${id}: ${failure}`, show);
    return warn(`${id}: ${orphans} clients of ours may be left at the bank`, show);
  });
  return worstOf(findings, 'none failed');
}

async function lookAtSubscriptions({ settings, database }: Surroundings): Promise<Finding> {
  const { PUBLIC_URL: publicUrl } = settings('PUBLIC_URL');
  const findings: Finding[] = [];
  let count = 0;
  for (const { profile: stored } of await listInstitutions(database())) {
    const profile = currentProfile(stored);
    if (!profile) continue;
    const rows = await listSubscriptions(database(), profile.id);
    for (const { type, row } of subscriptionsOf(profile, rows, `${publicUrl}/notifications`)) {
      count += 1;
      if (row?.failure == null) continue;
      findings.push(
        warn(`${profile.id} refuses ${type}: ${row.failure}`, 'See fdx-consent institutions subscriptions.'),
      );
    }
  }
  return worstOf(findings, count === 0 ? 'none is wanted' : `${count} stand`);
}

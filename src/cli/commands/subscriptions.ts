import { currentProfile } from '../../institutions/current-profile';
import { subscriptionsOf } from '../../notifications/subscription-plan';
import type { Database } from '../../store/database';
import { listInstitutions } from '../../store/institutions';
import { listSubscriptions } from '../../store/notification-subscriptions';
import { NotFound } from '../command-errors';
import { withDatabase, type Command, type CommandResult } from '../command';
import { table } from '../table';

export const SUBSCRIPTION_COMMANDS: readonly Command[] = [
  {
    words: ['institutions', 'subscriptions'],
    examples: ['', 'first-bank'],
    synopsis: '[ID]',
    summary: 'our subscriptions to notifications of banks, and how they stand',
    changes: false,
    run: (_values, [id], settings) => {
      const { PUBLIC_URL: publicUrl } = settings('PUBLIC_URL');
      return withDatabase(settings, (database) => showSubscriptions(database, id, `${publicUrl}/notifications`));
    },
  },
];

async function showSubscriptions(
  database: Database,
  id: string | undefined,
  callbackUrl: string,
): Promise<CommandResult> {
  const institutions = (await listInstitutions(database)).filter(
    ({ profile }) => id === undefined || profile.id === id,
  );
  if (id !== undefined && institutions.length === 0) {
    throw new NotFound(`There is no institution ${id}; see fdx-consent institutions list.`);
  }
  const found = [];
  for (const { profile: stored } of institutions) {
    const profile = currentProfile(stored);
    if (!profile) continue;
    for (const { type, state, isWanted, row } of subscriptionsOf(
      profile,
      await listSubscriptions(database, profile.id),
      callbackUrl,
    )) {
      found.push({
        institutionId: profile.id,
        type,
        state,
        isWanted,
        ...(row?.subscription_id != null && { subscriptionId: row.subscription_id }),
        ...(row && { checkedAt: row.checked_at.toISOString() }),
        ...(row?.failure != null && { failure: row.failure }),
      });
    }
  }
  const head = ['institution', 'type', 'state', 'subscription', 'last looked at', 'failure'];
  const rows = found.map((each) => [
    each.institutionId,
    each.type,
    each.state,
    each.subscriptionId ?? '-',
    each.checkedAt ?? '-',
    each.failure ?? '',
  ]);
  return { text: found.length === 0 ? 'none' : table(head, rows), value: found };
}

import type { StackDescription } from '../../../scripts/dev/stack-description';
import { query } from './database';
import { until } from './until';

export interface WrittenAction {
  operator: string;
  action: string;
  outcome: string;
  subject: Record<string, unknown>;
}

/** What was written down about somebody's doings with this subject, oldest first, once all of it has an outcome. */
export async function actionsAbout(
  stack: Pick<StackDescription, 'databaseUrl'>,
  word: string,
  { least = 1 } = {},
): Promise<WrittenAction[]> {
  return until(`${least} actions about ${word}`, async () => {
    const rows = (await query(
      stack,
      `SELECT operator, action, outcome, subject FROM operator_actions WHERE strpos(subject::text, $1) > 0 ORDER BY id`,
      [word],
    )) as unknown as WrittenAction[];
    // The API answers first and notes the outcome then.
    return rows.length >= least && rows.every(({ outcome }) => outcome !== 'begun') && rows;
  });
}

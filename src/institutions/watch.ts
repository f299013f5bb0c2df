import type { Database } from '../store/database';
import { takeDueInstitutions, type StoredInstitution } from '../store/institutions';
import { checkInstitution, type InstitutionCheck } from './check';

export interface InstitutionWatch {
  readonly database: Database;
  readonly clientFor: (institution: StoredInstitution) => Parameters<typeof checkInstitution>[2];
  /** Told of every look that was not well, and of a round that broke. */
  readonly report: (event: WatchEvent) => void;
}

export type WatchEvent =
  | { readonly kind: 'checked'; readonly institutionId: string; readonly check: InstitutionCheck }
  | { readonly kind: 'broke'; readonly error: unknown };

const EVERY_MS = 15_000;
const BATCH = 5;
/** A worker that dies with a batch in hand leaves it to others after this. */
const TAKEN_SECONDS = 60;

/** Looks at institutions whose check is due, a few at a time: none is found broken by a person first. */
export async function checkDueInstitutions({ database, clientFor, report }: InstitutionWatch): Promise<void> {
  for (;;) {
    const due = await takeDueInstitutions(database, BATCH, TAKEN_SECONDS);
    await Promise.all(
      due.map(async (institution) => {
        const check = await checkInstitution(database, institution, clientFor(institution));
        if (check.outcome !== 'ready') report({ kind: 'checked', institutionId: institution.profile.id, check });
      }),
    );
    if (due.length < BATCH) return;
  }
}

/** Looks now and then until stopped. */
export function watchInstitutions(watch: InstitutionWatch): { stop(): void } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    checkDueInstitutions(watch)
      .catch((error: unknown) => {
        watch.report({ kind: 'broke', error });
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(look, EVERY_MS).unref();
      });
  };
  look();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

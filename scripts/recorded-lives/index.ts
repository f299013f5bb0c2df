import { BEGINNINGS } from './beginnings';
import { ENDS } from './ends';
import type { RecordedLife } from './life';
import { RENEWALS } from './renewals';
import { YEARS } from './year';

/** Each is a consent that took another way through its life, named for the state it is left in or the turn it took. */
export const LIVES: Readonly<Record<string, RecordedLife>> = { ...YEARS, ...RENEWALS, ...ENDS, ...BEGINNINGS };

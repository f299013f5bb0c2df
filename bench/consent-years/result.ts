import type { HistoryLength } from '../../scripts/year/history-length';
import type { Machine } from '../machine';
import type { SleepersResult } from '../sleepers/measure';
import type { StepFigures } from './metered-life';

export const YEARS = ['quiet', 'busy'] as const;
export type YearName = (typeof YEARS)[number];

export interface YearFigures {
  /** From the request until the workflow was over. */
  days: number;
  total: HistoryLength;
  steps: StepFigures[];
}

export interface HistoriesResult {
  /** RFC 3339. */
  startedAt: string;
  quick: boolean;
  commit: string;
  machine: Machine;
  years: Record<YearName, YearFigures>;
  sleepers: SleepersResult;
}

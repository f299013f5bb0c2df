import { markdown } from '../table';
import type { StepFigures } from './metered-life';
import { YEARS, type HistoriesResult } from './result';
import { STEP } from './steps';

/** The figures as Markdown, for the terminal and for docs/histories.md. */
export function historyTables(result: HistoriesResult): string {
  return [
    'A consent’s history in Temporal:',
    markdown(
      ['year', 'days', 'runs', 'events', 'workflow tasks', 'kB', 'timers', 'activities', 'local activities'],
      YEARS.map((name) => yearRow(name, result)),
    ),
    'What each thing adds, each time:',
    markdown(
      ['what', 'year', 'times', 'events', 'workflow tasks', 'bytes'],
      YEARS.flatMap((name) => result.years[name].steps.filter(isOneThing).map((step) => stepRow(name, step))),
    ),
    'Memory (resident, MB of 10⁶ bytes):',
    markdown(
      ['worker’s cache', 'consents put to sleep', 'worker before', 'worker after', 'server before', 'server after'],
      memoryRows(result),
    ),
    sentences(result).join(' '),
  ].join('\n\n');
}

function yearRow(name: (typeof YEARS)[number], { years }: HistoriesResult): string[] {
  const { days, total } = years[name];
  const of = (type: string): string => String(total.byType[type] ?? 0);
  return [
    name,
    String(days),
    String(total.runs),
    String(total.events),
    of('WORKFLOW_TASK_COMPLETED'),
    kilobytes(total.bytes),
    of('TIMER_STARTED'),
    of('ACTIVITY_TASK_SCHEDULED'),
    of('MARKER_RECORDED'),
  ];
}

/** Sleep is told by the week below. */
function isOneThing({ step }: StepFigures): boolean {
  return step !== STEP.asleep;
}

function stepRow(name: string, { step, times, events, workflowTasks, bytes }: StepFigures): string[] {
  return [step, name, String(times), String(events), String(workflowTasks), String(bytes)];
}

function memoryRows({ sleepers: { byDefault, bounded } }: HistoriesResult): string[][] {
  return [byDefault, bounded].map((worker) => [
    `${worker.maxCachedWorkflows}${worker === byDefault ? ' (the SDK’s default here)' : ''}`,
    String(worker.consents),
    String(worker.beforeMb),
    String(worker.afterMb),
    String(worker.serverBeforeMb),
    String(worker.serverAfterMb),
  ]);
}

function sentences({ years, sleepers }: HistoriesResult): string[] {
  const asleep = years.quiet.steps.find(({ step }) => step === STEP.asleep);
  const weeks = (asleep?.days ?? 0) / 7;
  const each = (mean: number): string => ((mean * (asleep?.times ?? 0)) / weeks).toFixed(1);
  const { byDefault, bounded, waking } = sleepers;
  const cached = Math.min(byDefault.consents, byDefault.maxCachedWorkflows);
  const perCachedKb = (1000 * (byDefault.afterMb - bounded.afterMb)) / (cached - bounded.maxCachedWorkflows);
  const perSleeperKb = (1000 * (byDefault.serverAfterMb - byDefault.serverBeforeMb)) / byDefault.consents;
  return [
    `A week asleep: ${each(asleep?.events ?? 0)} events, ${Math.round(Number(each(asleep?.bytes ?? 0)))} bytes.`,
    `Between the two workers lie ${Math.round(perCachedKb)} kB for each workflow that one caches more, garbage included.`,
    `A sleeping consent takes ${Math.round(perSleeperKb)} kB of the development server, which keeps everything in memory.`,
    `The worker put ${byDefault.consentsPerSecond} consents a second to sleep, from the request on, and woke ${waking.perSecond} a second from their histories.`,
  ];
}

const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

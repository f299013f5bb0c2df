import { z } from 'zod';
import { remark } from '../../operators/remark';
import { closeTask, operatorTaskView, retryTask } from '../../operators/tasks';
import { listOperatorTasks } from '../../store/operator-tasks';
import { UsageError } from '../command-errors';
import { withDatabase, type Command } from '../command';
import { parseOptions } from '../operator-input';
import { withProduct } from '../product';
import { table } from '../table';

const MAX_LISTED = 1_000;
const closeSchema = z.object({ resolution: remark });

/** What a machine could not do: docs/operators.md. */
export const TASK_COMMANDS: readonly Command[] = [
  {
    words: ['tasks', 'list'],
    examples: ['', '--all --json'],
    synopsis: '[--all]',
    summary: 'what waits for an operator; --all: what is settled too',
    options: { all: { type: 'boolean', about: 'what is settled too' } },
    changes: false,
    run: (values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const tasks = await listOperatorTasks(database, { all: values['all'] === true, limit: MAX_LISTED });
        const views = tasks.map(operatorTaskView);
        const rows = views.map((view) => [
          ...[view.id, view.kind, view.institutionId ?? '', view.consentId ?? '', view.failure?.code ?? ''],
          ...[view.openedAt, view.closedAt === undefined ? 'open' : `closed: ${view.resolution ?? ''}`],
        ]);
        const headings = ['task', 'kind', 'institution', 'consent', 'failure', 'since', 'state'];
        return { text: views.length === 0 ? 'none' : table(headings, rows), value: { tasks: views } };
      }),
  },
  {
    words: ['tasks', 'retry'],
    examples: ['tsk_0193'],
    synopsis: 'ID',
    summary: 'try again now what could not be done',
    changes: true,
    run: (_values, [id], settings) =>
      withProduct(settings, async (product) => {
        const { task, isTold } = await retryTask(product, idIn(id, 'retry'));
        const why = task.closed_at ? `is closed: ${task.resolution ?? ''}` : 'has no workflow that could try';
        return {
          text: `${task.id} ${isTold ? 'is tried again; see fdx-consent tasks list' : why}`,
          value: { ...operatorTaskView(task), isRetried: isTold },
        };
      }),
  },
  {
    words: ['tasks', 'close'],
    examples: ["tsk_0193 --resolution 'ended by their help desk'"],
    synopsis: 'ID --resolution TEXT',
    summary: 'settled by hand with the bank: it is asked no more',
    options: { resolution: { type: 'string', value: 'TEXT', about: 'how it was settled, on one line' } },
    changes: true,
    run: (values, [id], settings) =>
      withProduct(settings, async (product) => {
        const { resolution } = parseOptions(closeSchema, values);
        const { task } = await closeTask(product, idIn(id, 'close'), resolution);
        return { text: `${task.id} is closed: ${task.resolution ?? ''}`, value: operatorTaskView(task) };
      }),
  },
];

function idIn(id: string | undefined, verb: string): string {
  if (id === undefined) throw new UsageError(`Name the task: fdx-consent tasks ${verb} ID`);
  return id;
}

import { condition, defineQuery, defineSignal, setHandler } from '@temporalio/workflow';
import {
  cancelInvitation,
  invite,
  remind,
  retryEnding,
  revoke,
  type OpenInvitation,
} from '../../../src/workflows/contract';

/** What it was told, in order. */
export const heard = defineQuery<string[]>('heard');
export const end = defineSignal('end');

/** Takes the messages of operators as a consent does, notes them, and does nothing: what they mean is tried elsewhere. */
export async function ConsentWorkflow(): Promise<void> {
  const told: string[] = [];
  let open: OpenInvitation | undefined;
  let isOver = false;
  setHandler(heard, () => told);
  setHandler(remind, () => void told.push('remind'));
  setHandler(retryEnding, () => void told.push('retryEnding'));
  setHandler(revoke, ({ reason }) => void told.push(`revoke ${reason}`));
  setHandler(invite, (asked) => {
    told.push(`invite ${asked.reason}`);
    if (open) {
      const hasSameTerms = JSON.stringify(open.terms) === JSON.stringify(asked.terms);
      return { kind: 'open_already', invitationId: open.invitationId, hasSameTerms };
    }
    open = asked;
    return { kind: 'open', invitationId: asked.invitationId };
  });
  setHandler(cancelInvitation, () => 'closed' as const);
  setHandler(end, () => {
    isOver = true;
  });
  await condition(() => isOver);
}

import type { NextAction } from '../domain/consent';
import type { TimelineEntry } from '../operators/timeline';
import { painted } from './paper';
import { agoText } from './relative-time';
import { printable } from './table';

/** What an event is, on one line: when, who, what. */
export function entryText(entry: TimelineEntry, now: number): string {
  const { at, actor, text, authorizationId, type } = entry;
  const indent = authorizationId === undefined || type === 'authorization.started' ? '' : '  ';
  const when = `${at.toISOString().slice(0, 19)}Z`;
  const faint = painted('dim', agoText(at, now).padStart(9));
  return `${when}  ${faint}  ${printable(actor.replace(/^(workflow):.*/, '$1')).padEnd(20)}  ${indent}${printable(text)}`;
}

/** What somebody has to do, by the consent's next action. */
export const NEXT_ACTION_TEXTS: Readonly<Record<NextAction, string>> = {
  none: 'nothing to do',
  launch: 'the person has to open the link that the application has',
  reauthorize: 'the bank honours the grant no more: the application asks the person to authorize again',
  renew: 'its time is nearly over: the application asks the person to renew, or let it end',
  contact_support: 'somebody has to look at the failure: the application cannot go on by itself',
};

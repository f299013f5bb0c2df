import { z } from 'zod';

/** Where a reader has come to. Opaque to whoever holds it. Instants are the database's, to the millisecond. */
export interface EventCursor {
  /** Everything up to it was read, or was not asked for. */
  readonly position: string;
  /** When it was given out: nothing up to `position` can have happened since, unless positions were given a second time. */
  readonly givenAt: Date;
  /** What comes after it is not older, and so is kept until this is as old as events become. */
  readonly since: Date;
}

/** First member, for the day when there is another form. */
const FORM = '1';

export function writeCursor({ position, givenAt, since }: EventCursor): string {
  return Buffer.from([FORM, position, givenAt.getTime(), since.getTime()].join('.')).toString('base64url');
}

const WRITTEN = /^1\.(0|[1-9]\d{0,17})\.(\d{1,15})\.(\d{1,15})$/;

/** `undefined` for what no cursor of ours is. */
export function readCursor(text: string): EventCursor | undefined {
  const [, position, givenAt, since] = WRITTEN.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (position === undefined || givenAt === undefined || since === undefined) return undefined;
  return { position, givenAt: new Date(Number(givenAt)), since: new Date(Number(since)) };
}

export const eventCursor = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/, 'the nextCursor of an earlier page')
  .refine((text) => readCursor(text) !== undefined, 'the nextCursor of an earlier page');

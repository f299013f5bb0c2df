import { z } from 'zod';

/** What an operator writes for the next one to read: why a bank is paused, how a task was settled. One line, kept in the clear. */
export const remark = z
  .string('is needed')
  .trim()
  .min(1, 'is needed')
  .max(500, 'takes at most 500 characters')
  .regex(/^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$/u, {
    message: 'takes one line of text',
  });

import { DefaultFailureConverter } from '@temporalio/common';

/** Messages and stack traces of failures go through the payload codec too: an error text is data like any other. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });

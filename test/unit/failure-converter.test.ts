import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import {
  decodeOptionalFailureToOptionalError,
  encodeErrorToFailure,
} from '@temporalio/common/lib/internal-non-workflow';
import { loadDataConverter } from '@temporalio/common/lib/internal-non-workflow/data-converter-helpers';
import { temporal } from '@temporalio/proto';
import { parseKeyRing } from '../../src/store/key-ring';
import { failureConverter } from '../../src/temporal/failure-converter';
import { createPayloadCodec } from '../../src/temporal/payload-codec';

const converter = {
  ...loadDataConverter({}),
  failureConverter,
  payloadCodecs: [createPayloadCodec(parseKeyRing(`one:${Buffer.alloc(32, 1).toString('base64url')}`))],
};
const mine = { type: 'workflow', namespace: 'default', workflowId: 'consent-mine' } as const;

/** A function whose name is in the stack. */
function canaryInTheStack(): Error {
  return new Error('canary-of-the-innermost');
}

function nested(): ApplicationFailure {
  const cancelled = new CancelledFailure('canary-of-the-cancellation', ['canary-of-its-details'], canaryInTheStack());
  return ApplicationFailure.create({
    message: 'canary-of-the-message',
    type: 'as_unreachable',
    details: [{ detail: 'canary-of-the-details' }],
    cause: cancelled,
  });
}

test('nothing of a failure is stored in the clear but its code: not message, stack, details or causes', async () => {
  const failure = await encodeErrorToFailure(converter, nested(), mine);
  const bytes = Buffer.from(temporal.api.failure.v1.Failure.encode(failure).finish()).toString('latin1');
  expect(bytes).toContain('as_unreachable');
  expect(bytes).not.toMatch(/canary/i);
  expect(bytes).not.toContain('failure-converter.test');
  expect(failure.cause?.cause?.encodedAttributes?.metadata).toHaveProperty('encryption-bound-to');
});

test('whoever may read it gets all of it back', async () => {
  const failure = await encodeErrorToFailure(converter, nested(), mine);
  const error = await decodeOptionalFailureToOptionalError(converter, failure, mine);
  expect(error).toMatchObject({ message: 'canary-of-the-message', details: [{ detail: 'canary-of-the-details' }] });
  expect(error?.cause).toMatchObject({ message: 'canary-of-the-cancellation', details: ['canary-of-its-details'] });
  expect((error?.cause as Error).cause).toMatchObject({ message: 'canary-of-the-innermost' });
  expect(((error?.cause as Error).cause as Error).stack).toContain('canaryInTheStack');
});

test('a failure of another workflow does not open', async () => {
  const failure = await encodeErrorToFailure(converter, nested(), mine);
  const other = { ...mine, workflowId: 'consent-other' };
  await expect(decodeOptionalFailureToOptionalError(converter, failure, other)).rejects.toThrow(
    'belongs to another workflow',
  );
});

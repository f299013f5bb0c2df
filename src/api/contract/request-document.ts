import { z } from 'zod';
import { bankIdSchema } from '../../data-access/data-query';
import { APPLICATION_ID_FORM, ID_PREFIX } from '../../domain/ids';
import type { Operation } from './operation';

/**
 * What the parameters of paths look like. An id of another form is one that nothing goes by, and answered as such: the patterns
 * are for who reads, and for who makes up requests.
 */
const PATH_PARAMETERS: Readonly<Record<string, z.ZodType>> = {
  consentId: idParameter('consent', 'The consent.'),
  invitationId: idParameter('invitation', 'The link by which the person may authorize.'),
  receiptId: idParameter('receipt', 'The receipt.'),
  disclosureId: idParameter('disclosure', 'The disclosure.'),
  taskId: idParameter('task', 'The task.'),
  holdId: idParameter('legalHold', 'The legal hold.'),
  eventId: idParameter('event', 'The event.'),
  endpointId: idParameter('webhookEndpoint', 'The webhook endpoint.'),
  deliveryId: idParameter('webhookDelivery', 'The delivery.'),
  institutionId: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
    .meta({ description: 'The institution, by the id of its profile.', examples: ['example-bank'] }),
  applicationId: z
    .string()
    .regex(APPLICATION_ID_FORM)
    .meta({ description: 'The application.', examples: ['budget-bee'] }),
  keyId: idParameter('apiKey', 'The key.'),
  clientId: idParameter('applicationClient', 'The client, by our id of it.'),
  accountId: bankIdSchema.meta({ description: "The bank's id of the account.", examples: ['100200'] }),
  statementId: bankIdSchema.meta({ description: "The bank's id of the statement.", examples: ['2026-01'] }),
  number: z
    .string()
    .regex(/^(latest|[1-9]\d{0,14})$/)
    .meta({ description: 'The number of the checkpoint, or `latest`.', examples: ['latest'] }),
};

function idParameter(kind: keyof typeof ID_PREFIX, description: string) {
  const prefix = ID_PREFIX[kind];
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`))
    .meta({ description, examples: [`${prefix}_0198a2b4c6d87e10b2f4a6c8e0d2f4a6`] });
}

/** The parameters in an operation's path; what it says of them itself comes first. */
export function pathParametersOf({ path, parameters }: Operation): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  if (names.length === 0) return undefined;
  const own = (parameters?.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
  return z.object(Object.fromEntries(names.map((name) => [name, own[name] ?? parameterNamed(name)])));
}

function parameterNamed(name: string): z.ZodType {
  const parameter = PATH_PARAMETERS[name];
  if (!parameter) throw new Error(`what is {${name}}? Say it in parameters of the operation, or in PATH_PARAMETERS`);
  return parameter;
}

/** The parameters of an operation's query as an object; a refined one is still made of it. */
export function queryOf({ query }: Operation): z.ZodObject | undefined {
  if (query === undefined) return undefined;
  if (!(query instanceof z.ZodObject)) throw new Error('a query is an object, parameter by parameter');
  return query;
}

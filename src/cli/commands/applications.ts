import { z } from 'zod';
import type { ApplicationId } from '../../domain/ids';
import type { ApplicationIdentity } from '../../domain/party';
import { contactOf, contactSchema, homeUriSchema, typedReference } from '../../evidence/party-schema';
import {
  allowDelegation,
  createApiKey,
  identifyApplication,
  listApplications,
  saveApplication,
} from '../../store/applications';
import type { Database } from '../../store/database';
import { withDatabase, type Command, type CommandResult, type Values } from '../command';

const IDENTITY_OPTIONS = {
  'home-uri': { type: 'string' },
  registry: { type: 'string', multiple: true },
  'contact-name': { type: 'string' },
  address: { type: 'string' },
  email: { type: 'string' },
  phone: { type: 'string' },
  'policy-url': { type: 'string' },
} as const;

export const APPLICATION_COMMANDS: readonly Command[] = [
  {
    words: ['applications', 'add'],
    synopsis: '--id ID --name NAME [--return-url URL]… [IDENTITY] [--if-missing]',
    summary: 'register an application and print a new API key',
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      'return-url': { type: 'string', multiple: true },
      'if-missing': { type: 'boolean' },
      ...IDENTITY_OPTIONS,
    },
    changes: true,
    run: (values, _positionals, settings) => withDatabase(settings, (database) => addApplication(database, values)),
  },
  {
    words: ['applications', 'update'],
    synopsis: 'ID IDENTITY',
    summary:
      'say who an application is: --home-uri URL, --registry REGISTRY:ID:NAME …, --contact-name, --address, --email, --phone, --policy-url',
    options: IDENTITY_OPTIONS,
    changes: true,
    run: (values, [id], settings) => withDatabase(settings, (database) => updateApplication(database, id, values)),
  },
  {
    words: ['applications', 'list'],
    synopsis: '',
    summary: 'the registered applications, and what they are allowed',
    changes: false,
    run: (_values, _positionals, settings) =>
      withDatabase(settings, async (database) => {
        const applications = await listApplications(database);
        const lines = applications.map(({ id, name, returnUrls, mayDelegate }) =>
          [id, name, returnUrls.join(' '), mayDelegate ? 'may make delegated calls' : ''].join('\t').trimEnd(),
        );
        return { text: lines.join('\n') || 'none', value: applications };
      }),
  },
  permission('allow', 'let an application call banks itself, one request at a time'),
  permission('disallow', 'take that back'),
];

/** `applications allow` and `applications disallow`: docs/delegated-calls.md. */
function permission(verb: 'allow' | 'disallow', summary: string): Command {
  return {
    words: ['applications', verb],
    synopsis: 'ID --delegated-calls',
    summary,
    options: { 'delegated-calls': { type: 'boolean' } },
    changes: true,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database): Promise<CommandResult> => {
        const isAllowed = verb === 'allow';
        const mayDelegate = await setDelegation(database, id, values, isAllowed);
        const text = `${id ?? ''} may ${mayDelegate ? '' : 'not '}make delegated calls.`;
        return { text, value: { id, mayDelegate } };
      }),
  };
}

async function setDelegation(
  database: Database,
  id: string | undefined,
  values: Values,
  isAllowed: boolean,
): Promise<boolean> {
  if (id === undefined) throw new Error('Name the application: fdx-consent applications list shows them.');
  // Said out loud, so that nobody allows more than they meant to once there is more to allow.
  if (values['delegated-calls'] !== true) throw new Error('Say what: --delegated-calls');
  const isKnown = await allowDelegation(database, id as ApplicationId, isAllowed);
  if (!isKnown) throw new Error(`There is no application ${id}.`);
  return isAllowed;
}

const identityFields = {
  'home-uri': homeUriSchema.optional(),
  registry: z.array(typedReference).max(10).optional(),
  'contact-name': contactSchema.shape.name,
  address: contactSchema.shape.address,
  email: contactSchema.shape.email,
  phone: contactSchema.shape.phone,
  'policy-url': contactSchema.shape.policyUrl,
};

const identitySchema = z.object(identityFields);

const applicationSchema = z.object({
  ...identityFields,
  id: z
    .string('--id is needed')
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, '--id takes lower-case letters, digits and hyphens'),
  name: z.string('--name is needed').min(1).max(120),
  'return-url': z.array(z.url('--return-url takes absolute URLs')).default([]),
  'if-missing': z.boolean().default(false),
});

async function addApplication(database: Database, values: unknown): Promise<CommandResult> {
  const given = parse(applicationSchema, values);
  const { id, name, 'return-url': returnUrls, 'if-missing': ifMissing } = given;
  const known = (await listApplications(database)).some((application) => application.id === id);
  if (known && ifMissing) return { text: `${id} exists already.`, value: { id } };
  await saveApplication(database, { id: id as ApplicationId, name, returnUrls });
  const identity = identityOf(given);
  if (identity) await identifyApplication(database, id as ApplicationId, identity);
  const { apiKey } = await createApiKey(database, { role: 'application', applicationId: id as ApplicationId }, name);
  return { text: `API key of ${id} (shown once): ${apiKey}`, value: { id, apiKey } };
}

async function updateApplication(database: Database, id: string | undefined, values: unknown): Promise<CommandResult> {
  if (id === undefined) throw new Error('Name the application: fdx-consent applications list shows them.');
  const given = identityOf(parse(identitySchema, values));
  if (!given)
    throw new Error(
      `Say what: ${Object.keys(identityFields)
        .map((name) => `--${name}`)
        .join(', ')}`,
    );
  const identity = await identifyApplication(database, id as ApplicationId, given);
  if (!identity) throw new Error(`There is no application ${id}.`);
  return { text: `${id}: ${JSON.stringify(identity)}`, value: { id, identity } };
}

/** What was given, or undefined for nothing. */
function identityOf(given: z.infer<typeof identitySchema>): ApplicationIdentity | undefined {
  const contact = contactOf({
    name: given['contact-name'],
    address: given.address,
    email: given.email,
    phone: given.phone,
    policyUrl: given['policy-url'],
  });
  const identity = {
    ...(given['home-uri'] !== undefined && { homeUri: given['home-uri'] }),
    ...(given.registry && { registryReferences: given.registry }),
    ...(contact && { contact }),
  };
  return Object.keys(identity).length === 0 ? undefined : identity;
}

/** @throws {Error} naming every fault, with the option it is in */
function parse<Output>(schema: z.ZodType<Output>, values: unknown): Output {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    message.startsWith('--') ? message : `--${String(path[0])}: ${message}`,
  );
  throw new Error(faults.join('\n'));
}

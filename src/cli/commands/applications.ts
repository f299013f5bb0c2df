import { z } from 'zod';
import { APPLICATION_ID_FORM, type ApplicationId } from '../../domain/ids';
import type { ApplicationIdentity } from '../../domain/party';
import { contactOf, contactSchema, homeUriSchema, typedReference } from '../../evidence/party-schema';
import { allowDelegation, identifyApplication, listApplications, saveApplication } from '../../store/applications';
import { createApiKey } from '../../store/api-keys';
import type { Database } from '../../store/database';
import { NotFound, UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult, type Values } from '../command';

const IDENTITY_OPTIONS = {
  'home-uri': { type: 'string', value: 'URL', about: 'its home page' },
  registry: { type: 'string', multiple: true, value: 'REGISTRY:ID:NAME', about: 'where it is registered' },
  'contact-name': { type: 'string', value: 'NAME', about: 'who is asked about data protection' },
  address: { type: 'string', value: 'TEXT', about: 'postal address' },
  email: { type: 'string', value: 'ADDRESS', about: 'e-mail address' },
  phone: { type: 'string', value: 'NUMBER', about: 'telephone number' },
  'policy-url': { type: 'string', value: 'URL', about: 'its privacy policy' },
} as const;

export const APPLICATION_COMMANDS: readonly Command[] = [
  {
    words: ['applications', 'add'],
    examples: ["--id budget-bee --name 'Budget Bee' --return-url https://app.example/done"],
    synopsis: '--id ID --name NAME [--return-url URL]… [IDENTITY] [--if-missing]',
    summary: 'register an application and print a new API key',
    options: {
      id: { type: 'string', value: 'ID', about: 'its id: lower-case letters, digits and hyphens' },
      name: { type: 'string', value: 'NAME', about: 'what it is called' },
      'return-url': { type: 'string', multiple: true, value: 'URL', about: 'where people may be sent back to' },
      'if-missing': { type: 'boolean', about: 'do nothing when it is there already' },
      ...IDENTITY_OPTIONS,
    },
    changes: true,
    run: (values, _positionals, settings) => withDatabase(settings, (database) => addApplication(database, values)),
  },
  {
    words: ['applications', 'update'],
    examples: ['budget-bee --home-uri https://app.example --email privacy@app.example'],
    synopsis: 'ID IDENTITY',
    summary:
      'say who an application is: --home-uri URL, --registry REGISTRY:ID:NAME …, --contact-name, --address, --email, --phone, --policy-url',
    options: IDENTITY_OPTIONS,
    changes: true,
    run: (values, [id], settings) => withDatabase(settings, (database) => updateApplication(database, id, values)),
  },
  {
    words: ['applications', 'list'],
    examples: ['', '--json'],
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
    examples: ['budget-bee --delegated-calls'],
    summary,
    options: { 'delegated-calls': { type: 'boolean', about: 'calls that it makes to banks itself' } },
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
  if (id === undefined) throw new UsageError('Name the application: fdx-consent applications list shows them.');
  // Said out loud, so that nobody allows more than they meant to once there is more to allow.
  if (values['delegated-calls'] !== true) throw new UsageError('Say what: --delegated-calls');
  const isKnown = await allowDelegation(database, id as ApplicationId, isAllowed);
  if (!isKnown) throw new NotFound(`There is no application ${id}.`);
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
  id: z.string('--id is needed').regex(APPLICATION_ID_FORM, '--id takes lower-case letters, digits and hyphens'),
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
  if (id === undefined) throw new UsageError('Name the application: fdx-consent applications list shows them.');
  const given = identityOf(parse(identitySchema, values));
  if (!given)
    throw new UsageError(
      `Say what: ${Object.keys(identityFields)
        .map((name) => `--${name}`)
        .join(', ')}`,
    );
  const identity = await identifyApplication(database, id as ApplicationId, given);
  if (!identity) throw new NotFound(`There is no application ${id}.`);
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

/** @throws {UsageError} naming every fault, with the option it is in */
function parse<Output>(schema: z.ZodType<Output>, values: unknown): Output {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) =>
    message.startsWith('--') ? message : `--${String(path[0])}: ${message}`,
  );
  throw new UsageError(faults.join('\n'));
}

import { readFileSync } from 'node:fs';
import { composeDisclosure, type DisclosureSubject } from '../../disclosures/compose';
import { chooseTemplate, BUILTIN_TEMPLATES, type NamedTemplate } from '../../disclosures/builtin';
import { templatesOf } from '../../disclosures/available';
import { plainTextOf } from '../../disclosures/document';
import { languageTagSchema, parseTemplate } from '../../disclosures/template-file';
import type { ApplicationId } from '../../domain/ids';
import { listApplications } from '../../store/applications';
import type { Database } from '../../store/database';
import { addTemplate, listTemplates } from '../../store/disclosures';
import { NotFound, UsageError } from '../command-errors';
import { withDatabase, type Command, type CommandResult, type Values } from '../command';
import { table } from '../table';

const OF_WHAT = {
  application: { type: 'string', value: 'ID', about: 'of this application' },
  language: { type: 'string', value: 'TAG', about: 'a language tag (BCP 47)' },
} as const;

/** An application's own words for what a person agrees to: docs/disclosures.md. */
export const DISCLOSURE_COMMANDS: readonly Command[] = [
  {
    words: ['disclosures', 'set'],
    examples: ['--application budget-bee --language en template.json'],
    synopsis: '--application ID --language TAG FILE',
    summary: 'show these words to the persons of an application from now on',
    options: OF_WHAT,
    changes: true,
    run: (values, [file], settings) => withDatabase(settings, (database) => setTemplate(database, values, file)),
  },
  {
    words: ['disclosures', 'list'],
    examples: [''],
    synopsis: '[--application ID]',
    summary: 'the built-in templates and all versions of those that applications brought',
    options: { application: { type: 'string', value: 'ID', about: 'of this application' } },
    changes: false,
    run: (values, _positionals, settings) => withDatabase(settings, (database) => listAll(database, values)),
  },
  {
    words: ['disclosures', 'show'],
    examples: ['dst_0193'],
    synopsis: 'TEMPLATE',
    summary: 'a template as a file, such as default/en/1: what to start from',
    changes: false,
    run: (_values, [id], settings) => withDatabase(settings, (database) => showTemplate(database, id)),
  },
  {
    words: ['disclosures', 'preview'],
    examples: ['--application budget-bee --language es-MX', '--application budget-bee template.json'],
    synopsis: '--application ID [--language TAG] [FILE]',
    summary: 'what a person would read, with an example in the gaps; of a file, before it is set',
    options: OF_WHAT,
    changes: false,
    run: (values, [file], settings) => withDatabase(settings, (database) => preview(database, values, file)),
  },
];

async function setTemplate(database: Database, values: Values, file: string | undefined): Promise<CommandResult> {
  const application = await applicationNamed(database, values);
  const language = languageIn(values);
  if (language === undefined) throw new UsageError('Name the language: --language en');
  if (file === undefined) throw new UsageError('Name the file with the template.');
  const template = parseTemplate(readJson(file), language);
  const version = await addTemplate(database, application.id, language, template);
  const id = `${application.id}/${language}/${version}`;
  return { text: `${id} is what persons are shown from now on.`, value: { id } };
}

async function listAll(database: Database, values: Values): Promise<CommandResult> {
  const named = values['application'] === undefined ? undefined : (await applicationNamed(database, values)).id;
  const rows = await listTemplates(database, named);
  const own = rows.map(({ application_id, language, version, created_at }) => ({
    id: `${application_id}/${language}/${version}`,
    language,
    createdAt: created_at.toISOString(),
  }));
  const all = [...BUILTIN_TEMPLATES.map(({ id, language }) => ({ id, language, createdAt: null })), ...own];
  const lines = all.map(({ id, language, createdAt }) => [id, language, createdAt ?? 'built in']);
  return { text: table(['template', 'language', 'since'], lines), value: all };
}

async function showTemplate(database: Database, id: string | undefined): Promise<CommandResult> {
  const { template } = await templateNamed(database, id ?? '');
  return { text: JSON.stringify(template, null, 2), value: template };
}

async function templateNamed(database: Database, id: string): Promise<NamedTemplate> {
  const builtIn = BUILTIN_TEMPLATES.find((each) => each.id === id);
  if (builtIn) return builtIn;
  const [applicationId = '', language = '', version = ''] = id.split('/');
  const rows = await listTemplates(database, applicationId as ApplicationId);
  const row = rows.find((each) => each.language === language && String(each.version) === version);
  if (!row) throw new NotFound(`There is no template ${id}: fdx-consent disclosures list shows them.`);
  return { id, language, template: parseTemplate(row.content, language) };
}

async function preview(database: Database, values: Values, file: string | undefined): Promise<CommandResult> {
  const application = await applicationNamed(database, values);
  const language = languageIn(values) ?? 'en';
  const { template, language: shownIn } =
    file === undefined
      ? chooseTemplate(await templatesOf(database, application.id), [language])
      : { template: parseTemplate(readJson(file), language), language };
  const document = composeDisclosure(template, shownIn, { ...EXAMPLE, applicationName: application.name });
  return { text: plainTextOf(document).trimEnd(), value: document };
}

const EXAMPLE: Omit<DisclosureSubject, 'applicationName'> = {
  institutionName: 'Example Bank',
  aggregatorName: 'FDX Consent',
  purpose: 'Budgeting',
  reason: 'connect',
  terms: {
    durationType: 'TIME_BOUND',
    durationPeriod: 365,
    lookbackPeriod: 90,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['ACCOUNT_DETAILED', 'TRANSACTIONS'] }],
  },
};

async function applicationNamed(database: Database, values: Values) {
  const id = values['application'];
  if (typeof id !== 'string') throw new UsageError('Name the application: --application ID');
  const application = (await listApplications(database)).find((each) => each.id === id);
  if (!application) throw new NotFound(`There is no application ${id}.`);
  return application;
}

function languageIn(values: Values): string | undefined {
  if (values['language'] === undefined) return undefined;
  const parsed = languageTagSchema.safeParse(values['language']);
  if (!parsed.success) throw new UsageError('--language takes a language tag (BCP 47), such as en or es-MX');
  return parsed.data;
}

function readJson(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not valid JSON.`);
  }
}

import { z } from 'zod';
import { DATA_CLUSTERS, type DataCluster } from '../domain/clusters';
import { BUILTIN_TEMPLATES } from './builtin';
import { gapsIn, PLACEHOLDERS, REQUIRED_SECTIONS, SIGNATURES, type DisclosureTemplate } from './template';

const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => value.isWellFormed() && !/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(value), {
      message: 'must not hold control characters',
    });

const sectionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'takes lower-case letters, digits, _ and -'),
  heading: text(200).optional(),
  paragraphs: z.array(text(4000)).max(20).optional(),
  items: z.array(text(1000)).max(50).optional(),
});

const wordNames = Object.keys(BUILTIN_TEMPLATES[0]?.template.words ?? {}) as (keyof DisclosureTemplate['words'])[];
const wordsSchema = z.strictObject(
  Object.fromEntries(wordNames.map((name) => [name, text(400)])) as Record<
    keyof DisclosureTemplate['words'],
    z.ZodString
  >,
);

const fileSchema = z.strictObject({
  signature: z.enum(SIGNATURES).default('button'),
  titles: z.strictObject({ connect: text(300), renew: text(300), change: text(300) }),
  sections: z.array(sectionSchema).min(1).max(30),
  words: wordsSchema.partial().default({}),
  clusters: z.record(z.string(), text(120)).default({}),
});

/** BCP 47, as far as languages of people need it (RFC 5646 §2.1), in its usual spelling. */
export const languageTagSchema = z
  .string()
  .max(35)
  .regex(
    // Language, script, region, variants: what `Intl` takes.
    /^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$/,
    'is no language tag (BCP 47), such as en or es-MX',
  )
  .transform((tag, context) => {
    try {
      return Intl.getCanonicalLocales(tag)[0] ?? tag;
    } catch {
      context.addIssue({ code: 'custom', message: 'is no language tag (BCP 47), such as en or es-MX' });
      return z.NEVER;
    }
  });

/** What is wrong with a template, all of it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
  }
}

/**
 * A template of an application's own. Words and labels that it leaves out are those of the built-in one in the same language; in
 * another language it brings all of them.
 *
 * @throws {TemplateError} naming each fault: what the rule asks for and is missing, gaps that nothing fills
 */
export function parseTemplate(content: unknown, language: string): DisclosureTemplate {
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    throw new TemplateError(
      parsed.error.issues.map(({ path, message }) => `${path.length > 0 ? path.join('.') : 'the file'}: ${message}`),
    );
  }
  const [primary] = language.toLowerCase().split('-');
  const base = BUILTIN_TEMPLATES.find((each) => each.language === primary)?.template;
  const words = { ...base?.words, ...defined(parsed.data.words) };
  const clusters: Readonly<Record<string, string>> = { ...base?.clusters, ...parsed.data.clusters };
  const whole = { ...parsed.data, words, clusters };
  // Whatever it lacks of words and labels is a fault below.
  const template = whole as typeof whole & DisclosureTemplate;
  const faults = [
    ...wordNames.filter((name) => !(name in words)).map((name) => `words.${name}: is missing, in ${language}`),
    ...DATA_CLUSTERS.filter((name) => !(name in clusters)).map(
      (name) => `clusters.${name}: is missing, in ${language}`,
    ),
    ...Object.keys(clusters)
      .filter((name) => !DATA_CLUSTERS.includes(name as DataCluster))
      .map((name) => `clusters.${name}: is no FDX data cluster`),
    ...faultsOfSections(template),
    ...faultsOfGaps(template),
  ];
  if (faults.length > 0) throw new TemplateError(faults);
  return template;
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function faultsOfSections({ sections }: DisclosureTemplate): string[] {
  const ids = sections.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `sections: ${id} is there twice`);
  const missing = REQUIRED_SECTIONS.flatMap(({ id, asks, needs }) => {
    const section = sections.find((each) => each.id === id);
    if (!section) return [`sections: there is no section "${id}": ${asks}`];
    const told = new Set([...(section.paragraphs ?? []), ...(section.items ?? [])].flatMap(gapsIn));
    return needs.filter((name) => !told.has(name)).map((name) => `sections.${id}: does not say {{${name}}}: ${asks}`);
  });
  return [...twice, ...missing];
}

/** Gaps that each part may have. */
function faultsOfGaps({
  titles,
  sections,
  words,
}: Pick<DisclosureTemplate, 'titles' | 'sections'> & {
  readonly words: Partial<DisclosureTemplate['words']>;
}): string[] {
  const known: readonly string[] = PLACEHOLDERS;
  const named = ['application', 'institution', 'aggregator', 'purpose'];
  const wordGaps: Readonly<Partial<Record<string, readonly string[]>>> = {
    forDays: ['days'],
    lookback: ['days'],
    continue: ['institution'],
  };
  const days = (['forDays', 'lookback'] as const).filter((name) => !gapsIn(words[name] ?? '').includes('days'));
  return [
    ...Object.entries(titles).flatMap(([name, title]) => unfilled(`titles.${name}`, title, named)),
    ...sections.flatMap(({ id, heading = '', paragraphs = [], items = [] }) =>
      [heading, ...paragraphs, ...items].flatMap((each) => unfilled(`sections.${id}`, each, known)),
    ),
    ...Object.entries(words).flatMap(([name, each]) => unfilled(`words.${name}`, each, wordGaps[name] ?? [])),
    ...days.map((name) => `words.${name}: does not say {{days}}`),
  ];
}

function unfilled(place: string, content: string, known: readonly string[]): string[] {
  const stray = gapsIn(content).filter((name) => !known.includes(name));
  const rest = content.replace(/\{\{[^{}]*\}\}/g, '');
  return [
    ...stray.map((name) => `${place}: nothing fills {{${name}}}`),
    ...(/\{\{|\}\}/.test(rest) ? [`${place}: a gap is not closed, or not opened`] : []),
  ];
}

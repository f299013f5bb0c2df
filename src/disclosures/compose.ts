import type { InvitationReason } from '../domain/invitation';
import { clustersOf, type ConsentTerms } from '../domain/terms';
import type { DisclosureDocument, DisclosureSection } from './document';
import { fill, type DisclosureTemplate, type Placeholder, type TemplateSection } from './template';

/** What a disclosure is about. */
export interface DisclosureSubject {
  readonly applicationName: string;
  readonly institutionName: string;
  readonly aggregatorName: string;
  readonly purpose: string;
  readonly terms: ConsentTerms;
  readonly reason: InvitationReason;
}

const TITLES = { connect: 'connect', renew: 'renew', reauthorize: 'renew', change: 'change' } as const;

/** The same subject and template give the same document: a digest can be made again. */
export function composeDisclosure(
  template: DisclosureTemplate,
  language: string,
  subject: DisclosureSubject,
): DisclosureDocument {
  const data = dataOf(template, subject.terms);
  const values = valuesOf(template, subject, data);
  return {
    version: 1,
    language,
    title: fill(template.titles[TITLES[subject.reason]], values),
    sections: template.sections.map((section) => sectionOf(section, values, data)),
  };
}

/** Data of one kind are named once, however many clusters bring them. */
function dataOf({ clusters }: DisclosureTemplate, { resources }: ConsentTerms): string[] {
  return [...new Set(clustersOf(resources).map((cluster) => clusters[cluster]))];
}

function valuesOf(
  { words }: DisclosureTemplate,
  { applicationName, institutionName, aggregatorName, purpose, terms, reason }: DisclosureSubject,
  data: readonly string[],
): Readonly<Record<Placeholder, string>> {
  return {
    application: applicationName,
    institution: institutionName,
    aggregator: aggregatorName,
    purpose,
    data: data.join(', '),
    duration: durationOf(words, terms),
    lookback: terms.lookbackPeriod === undefined ? '' : fill(words.lookback, { days: String(terms.lookbackPeriod) }),
    unchanged: reason === 'connect' ? '' : words.unchanged,
  };
}

function durationOf(words: DisclosureTemplate['words'], { durationType, durationPeriod }: ConsentTerms): string {
  switch (durationType) {
    case 'ONE_TIME':
      return words.once;
    case 'PERSISTENT':
      return words.untilEnded;
    case 'TIME_BOUND':
      return durationPeriod === undefined ? words.untilEnded : fill(words.forDays, { days: String(durationPeriod) });
  }
}

function sectionOf(
  { id, heading, paragraphs = [], items = [] }: TemplateSection,
  values: Readonly<Record<Placeholder, string>>,
  data: readonly string[],
): DisclosureSection {
  const sentences = paragraphs.map((text) => fill(text, values).trim()).filter((text) => text !== '');
  // In an item of its own the data are a list.
  const entries = items
    .flatMap((text) => (text.trim() === '{{data}}' ? data : [fill(text, values).trim()]))
    .filter((text) => text !== '');
  return {
    id,
    ...(heading !== undefined && { heading: fill(heading, values) }),
    ...(sentences.length > 0 && { paragraphs: sentences }),
    ...(entries.length > 0 && { items: entries }),
  };
}

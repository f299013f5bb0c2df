import type { DataCluster } from '../domain/clusters';

export const SIGNATURES = ['button', 'typed_name'] as const;
export type Signature = (typeof SIGNATURES)[number];

/**
 * A disclosure with gaps: plain text in which `{{name}}` stands for what differs from consent to consent. There is no code in it, and
 * what fills a gap is never read as a template again.
 */
export interface DisclosureTemplate {
  /** How the person agrees: by the button alone, or by typing their name as well. */
  readonly signature: Signature;
  readonly titles: Readonly<Record<'connect' | 'renew' | 'change', string>>;
  readonly sections: readonly TemplateSection[];
  readonly words: TemplateWords;
  /** What a person reads for each FDX data cluster. */
  readonly clusters: Readonly<Record<DataCluster, string>>;
}

export interface TemplateSection {
  readonly id: string;
  readonly heading?: string | undefined;
  readonly paragraphs?: readonly string[] | undefined;
  readonly items?: readonly string[] | undefined;
}

export interface TemplateWords {
  /** What `{{duration}}` stands for. */
  readonly once: string;
  readonly untilEnded: string;
  /** With `{{days}}`. */
  readonly forDays: string;
  /** What `{{lookback}}` stands for, with `{{days}}`; nothing when no history is asked for. */
  readonly lookback: string;
  /** What `{{unchanged}}` stands for where something is in force already; nothing otherwise. */
  readonly unchanged: string;
  /** What the page says around it. With `{{institution}}`. */
  readonly continue: string;
  readonly notNow: string;
  readonly nameLabel: string;
  readonly nameHint: string;
  readonly nameMissing: string;
  readonly changedMeanwhile: string;
  readonly otherLanguages: string;
}

/** Gaps and what fills them. */
export const PLACEHOLDERS = [
  'application',
  'institution',
  'aggregator',
  'purpose',
  'data',
  'duration',
  'lookback',
  'unchanged',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What the rule asks for, where it stands, and what must be named there. */
export const REQUIRED_SECTIONS: readonly {
  readonly id: string;
  readonly asks: string;
  readonly needs: readonly Placeholder[];
}[] = [
  { id: 'parties', asks: 'who asks and who holds the data, 1033.411(b)(1)–(2)', needs: ['application', 'institution'] },
  { id: 'purpose', asks: 'what the data are for, and only for, 1033.411(b)(3)', needs: ['application', 'purpose'] },
  { id: 'data', asks: 'the categories of data, 1033.411(b)(4)', needs: ['data'] },
  { id: 'certification', asks: 'the certification statement, 1033.411(b)(5)', needs: ['application'] },
  { id: 'duration', asks: 'how long, and the limit of a year, 1033.411(b)(6)', needs: ['duration'] },
  { id: 'revocation', asks: 'how to end it, 1033.411(b)(7)', needs: ['application'] },
  { id: 'aggregator', asks: 'who collects the data and what it does, 1033.431(b)', needs: ['aggregator'] },
];

const GAP = /\{\{([^{}]*)\}\}/g;

/** Names of the gaps in a text. */
export function gapsIn(text: string): string[] {
  return [...text.matchAll(GAP)].map(([, name]) => name ?? '');
}

/** Fills each gap once: what comes from outside cannot open another. @throws {Error} for a gap that nothing fills */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(GAP, (_gap, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`nothing fills {{${name}}}`);
    return value;
  });
}

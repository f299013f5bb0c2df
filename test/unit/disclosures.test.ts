import fc from 'fast-check';
import { nameIn } from '../../src/api/link-agreement';
import { disclosurePage, shownDisclosure } from '../../src/api/pages/disclosure';
import { BUILTIN_TEMPLATES, chooseTemplate } from '../../src/disclosures/builtin';
import { composeDisclosure, type DisclosureSubject } from '../../src/disclosures/compose';
import { plainTextOf } from '../../src/disclosures/document';
import { ENGLISH } from '../../src/disclosures/english';
import { parseTemplate, TemplateError } from '../../src/disclosures/template-file';
import { REQUIRED_SECTIONS } from '../../src/disclosures/template';
import { digestOf } from '../../src/evidence/canonical';

const SUBJECT: DisclosureSubject = {
  applicationName: 'Budget Buddy',
  institutionName: 'First Bank',
  aggregatorName: 'FDX Consent',
  purpose: 'Budgeting',
  reason: 'connect',
  terms: {
    durationType: 'TIME_BOUND',
    durationPeriod: 90,
    lookbackPeriod: 60,
    resources: [{ resourceType: 'ACCOUNT', dataClusters: ['TRANSACTIONS', 'BALANCES'] }],
  },
};

function faultsOf(content: unknown, language = 'en'): readonly string[] {
  try {
    parseTemplate(content, language);
    return [];
  } catch (error) {
    if (error instanceof TemplateError) return error.faults;
    throw error;
  }
}

describe('the built-in templates', () => {
  // Evidence names a template by its version: a word that changes makes a new one. Then add a line here; never change one.
  it('say under each version what they have always said', () => {
    expect(Object.fromEntries(BUILTIN_TEMPLATES.map(({ id, template }) => [id, digestOf(template)]))).toEqual({
      'default/en/1': 'A5AFVg1yk1yZPeNO80lWlrci-vx5vHWd1GqCG0_RRVw',
      'default/es/1': 'f5aRA2SmrnuMiMLnWcrAP3rqK6FEfsxRgntHeHm4JEs',
    });
  });

  it.each(BUILTIN_TEMPLATES)('$id says all that the rule asks for (12 CFR 1033.411(b))', ({ template, language }) => {
    expect(faultsOf(template, language)).toEqual([]);
    const text = plainTextOf(composeDisclosure(template, language, SUBJECT));
    for (const name of ['Budget Buddy', 'First Bank', 'FDX Consent', 'Budgeting', '90', '60', '1033.421'])
      expect(text).toContain(name);
    expect(text).not.toMatch(/[{}]/);
  });

  it('are translations of each other: the same sections with the same gaps (12 CFR 1033.411(c))', () => {
    const shapeOf = (value: object) =>
      JSON.stringify(value, (_key, each: unknown) =>
        typeof each === 'string'
          ? [...each.matchAll(/\{\{\w+\}\}/g)]
              .map(([gap]) => gap)
              .sort()
              .join()
          : each,
      );
    const [english, ...others] = BUILTIN_TEMPLATES.map(({ template }) => ({
      sections: template.sections.map(({ paragraphs = [], items = [] }) => ({ paragraphs, items })),
      words: Object.entries(template.words).sort(),
      titles: template.titles,
    }));
    for (const other of others) {
      expect(shapeOf(other.sections)).toBe(shapeOf(english?.sections ?? {}));
      expect(shapeOf(other.titles)).toBe(shapeOf(english?.titles ?? {}));
      expect(Object.keys(Object.fromEntries(other.words))).toEqual(
        Object.keys(Object.fromEntries(english?.words ?? [])),
      );
    }
  });
});

describe('a template of an application', () => {
  it.each(REQUIRED_SECTIONS)('is refused without $id', ({ id, asks }) => {
    const sections = ENGLISH.sections.filter((section) => section.id !== id);
    expect(faultsOf({ ...ENGLISH, sections })).toEqual([`sections: there is no section "${id}": ${asks}`]);
  });

  it.each(REQUIRED_SECTIONS)('is refused when $id does not name what it must', ({ id, asks, needs }) => {
    const sections = ENGLISH.sections.map((section) =>
      section.id === id ? { id, paragraphs: ['Nothing in particular.'] } : section,
    );
    const expected = needs.map((name) => `sections.${id}: does not say {{${name}}}: ${asks}`);
    expect(faultsOf({ ...ENGLISH, sections })).toEqual(expected);
  });

  it.each([
    [
      'an unknown gap',
      { titles: { ...ENGLISH.titles, renew: '{{person}}' } },
      'titles.renew: nothing fills {{person}}',
    ],
    [
      'an open gap',
      { titles: { ...ENGLISH.titles, renew: '{{purpose' } },
      'titles.renew: a gap is not closed, or not opened',
    ],
    ['an unknown cluster', { clusters: { SECRETS: 'x' } }, 'clusters.SECRETS: is no FDX data cluster'],
    ['a section twice', { sections: [...ENGLISH.sections, ENGLISH.sections[0]] }, 'sections: parties is there twice'],
    ['a duration without days', { words: { forDays: 'Some days.' } }, 'words.forDays: does not say {{days}}'],
  ])('is refused with %s', (_what, changes, fault) => {
    expect(faultsOf({ ...ENGLISH, ...changes })).toContain(fault);
  });

  it('takes words and labels that it leaves out from the built-in one of its language, and brings its own otherwise', () => {
    const { titles, sections } = ENGLISH;
    expect(parseTemplate({ titles, sections }, 'es-MX').words.notNow).toBe('Ahora no');
    const faults = faultsOf({ titles, sections }, 'fr');
    expect(faults).toContain('words.notNow: is missing, in fr');
    expect(faults).toContain('clusters.TAX: is missing, in fr');
  });
});

describe('a disclosure', () => {
  it('says of what nobody asked for nothing, and of a renewal that nothing changes until then', () => {
    const terms = { durationType: 'ONE_TIME', resources: SUBJECT.terms.resources } as const;
    const once = plainTextOf(composeDisclosure(ENGLISH, 'en', { ...SUBJECT, terms }));
    expect(once).toContain('Once.');
    expect(once).not.toContain('History');
    expect(once).not.toContain('everything stays as it is');
    expect(plainTextOf(composeDisclosure(ENGLISH, 'en', { ...SUBJECT, reason: 'renew' }))).toContain('stays as it is');
  });

  it('never lets what fills a gap open another, nor become markup', () => {
    const hostile = fc.oneof(
      fc.string({ minLength: 1, maxLength: 40 }),
      fc.constantFrom('{{purpose}}', '<script>', '"><b>', '{{data}}', '$&', '&lt;'),
    );
    fc.assert(
      fc.property(hostile, hostile, (applicationName, purpose) => {
        const subject = { ...SUBJECT, applicationName, purpose };
        for (const named of BUILTIN_TEMPLATES) {
          const document = composeDisclosure(named.template, named.language, subject);
          expect(plainTextOf(document)).toContain(`: ${purpose}.`.trim());
          const markup = disclosurePage({ shown: shownDisclosure(named, subject), returnUrl: null });
          expect(markup).not.toContain('<script>');
          expect(markup).not.toContain('"><b>');
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is in the first language that is wanted and there, English otherwise', () => {
    const chosen = (...wanted: string[]) => chooseTemplate(BUILTIN_TEMPLATES, wanted).language;
    expect(chosen('es-MX', 'en')).toBe('es');
    expect(chosen('fr', 'es')).toBe('es');
    expect(chosen('fr', '*')).toBe('en');
    expect(chosen()).toBe('en');
    expect(chosen('x'.repeat(5000))).toBe('en');
  });
});

describe('a typed name', () => {
  it.each(['', '   ', '\u0000', 'a\u0007b', '-', '\ud800', 'x'.repeat(201)])('is not %j', (typed) => {
    expect(nameIn(typed)).toBeUndefined();
  });

  it.each([
    [' Ada Lovelace ', 'Ada Lovelace'],
    ['李', '李'],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('may be %j', (typed, name) => {
    expect(nameIn(typed)).toBe(name);
  });
});

import { z } from 'zod';
import { institutionProfileSchema, parseInstitutionProfile } from '../../src/institutions/profile';
import { codeBlocksOf, rowsWith, unquoted } from './support/markdown';
import { profileOf } from '../unit/support/profile';
import { readText } from './support/repository';

interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
}

const page = readText('docs/institutions.md');
const rows = rowsWith(page, 'field');
const documented = new Map(rows.map(([field = '', standard = '']) => [unquoted(field), standard]));
const fields = fieldsOf(z.toJSONSchema(institutionProfileSchema, { io: 'input', unrepresentable: 'any' }) as Node);

/** The least that is accepted: all the rest is what the defaults say. */
const LEAST = {
  id: 'bank',
  name: 'Bank',
  issuer: 'https://bank.example',
  clientId: 'client',
  fdx: { baseUrl: 'https://bank.example/fdx' },
};

describe('docs/institutions.md', () => {
  it('has one row for each field and no other', () => {
    expect(rows.map(([field = '']) => unquoted(field)).sort()).toEqual([...fields].sort());
  });

  it('names a standard and a meaning for each field', () => {
    for (const [field = '', , meaning = '', standard = ''] of rows) {
      expect({ field, meaning: meaning.length > 10, standard: standard.length > 0 }).toEqual({
        field,
        meaning: true,
        standard: true,
      });
    }
  });

  it.each(fields)('says the default of %s', (field) => {
    const value = valueAt(profileOf(LEAST), field);
    const said = documented.get(field) ?? '';
    if (said === 'needed') expect(parseInstitutionProfile(without(LEAST, field))).toHaveProperty('faults');
    else if (said === 'absent') expect(value).toBeUndefined();
    else if (said === 'see below') expect(typeof value).toBe('object');
    else expect(unquoted(said)).toBe(typeof value === 'string' ? value : JSON.stringify(value));
  });

  const examples = codeBlocksOf(page, 'json');

  it('has two examples, and both are valid profiles', () => {
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(parseInstitutionProfile(JSON.parse(example))).not.toHaveProperty('faults');
  });

  it('shows a bank with FDX consents and a plain FAPI 2.0 server', () => {
    const [rich, plain] = examples.map((example) => profileOf(JSON.parse(example)));
    expect(rich).toMatchObject({
      request: { form: 'authorization_details' },
      fdx: { consents: { source: 'consent_api' } },
    });
    expect(plain).toMatchObject({
      openid: false,
      request: { form: 'scope' },
      fdx: { consents: { source: 'token_response' } },
    });
  });
});

function fieldsOf(node: Node, prefix = ''): readonly string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]) => {
    const field = `${prefix}${name}`;
    // A record is one field: its members are the vocabulary, or the bank's own.
    return ['clusterScopes', 'extraParameters'].includes(name) ? [field] : [field, ...fieldsOf(child, `${field}.`)];
  });
}

function valueAt(value: unknown, field: string): unknown {
  return field.split('.').reduce<unknown>((each, name) => (each as Record<string, unknown> | undefined)?.[name], value);
}

function without(profile: object, field: string): unknown {
  const copy = JSON.parse(JSON.stringify(profile)) as Record<string, unknown>;
  const names = field.split('.');
  const last = names.pop() ?? '';
  const parent = names.length === 0 ? copy : valueAt(copy, names.join('.'));
  return Object.assign(parent as object, { [last]: undefined }) === copy ? copy : { ...copy };
}

import fc from 'fast-check';

/** A JSON Schema as OpenAPI 3.1 has it: an object, or a boolean. */
export type Schema = Record<string, unknown> | boolean;

/** Where `#/components/schemas/…` leads. */
export type Resolve = (reference: string) => Schema;

/** Below this, lists and free objects are empty: schemas that refer to themselves come to an end. */
const DEEPEST = 6;

/** Values that a schema allows, as far as its keywords can be followed; what they say together, like `if`, is left to the judge. */
export function valuesOf(schema: Schema, resolve: Resolve, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema === 'boolean') return fc.jsonValue({ maxDepth: 1 });
  const next = (each: Schema) => valuesOf(each, resolve, depth + 1);
  if (typeof schema['$ref'] === 'string') return next(resolve(schema['$ref']));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (choices) return fc.oneof(...choices.map(next));
  const parts = schema['allOf'] as Schema[] | undefined;
  if (parts) return fc.tuple(...parts.map(next)).map((each) => Object.assign({}, ...(each as object[])) as unknown);
  return typed(schema, resolve, depth);
}

function typed(schema: Record<string, unknown>, resolve: Resolve, depth: number): fc.Arbitrary<unknown> {
  const type = schema['type'];
  if (Array.isArray(type)) {
    return fc.oneof(...(type as string[]).map((each) => typed({ ...schema, type: each }, resolve, depth)));
  }
  switch (type) {
    case 'string':
      return stringsOf(schema);
    case 'integer':
      return fc.integer(rangeOf(schema, { min: -1_000_000, max: 1_000_000 }));
    case 'number':
      return fc.double({ ...rangeOf(schema, { min: -1e9, max: 1e9 }), noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return listsOf(schema, resolve, depth);
    case 'object':
      return objectsOf(schema, resolve, depth);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function rangeOf(schema: Record<string, unknown>, otherwise: { min: number; max: number }) {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema as Record<string, number | undefined>;
  const min = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  const max = maximum ?? (exclusiveMaximum === undefined ? undefined : exclusiveMaximum - 1);
  return { min: min ?? Math.min(otherwise.min, max ?? 0), max: max ?? Math.max(otherwise.max, min ?? 0) };
}

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc
    .date({ min: new Date('2001-01-01'), max: new Date('2038-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  uri: fc.webUrl(),
  uuid: fc.uuid(),
};

function stringsOf(schema: Record<string, unknown>): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 80 } = schema as Record<string, number | undefined>;
  const pattern = schema['pattern'];
  const format = FORMATS[String(schema['format'])];
  if (format) return format;
  const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength;
  if (typeof pattern === 'string') return fromPattern(pattern).filter(fits);
  return fc
    .string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 80)), unit: 'grapheme' })
    .filter(fits);
}

/** What fast-check cannot make from a pattern is looked for among ordinary words. */
function fromPattern(pattern: string): fc.Arbitrary<string> {
  const expression = new RegExp(pattern, 'u');
  try {
    const made = fc.stringMatching(expression);
    fc.sample(made, 1);
    return made;
  } catch {
    return fc.string({ minLength: 1, maxLength: 40 }).filter((text) => expression.test(text));
  }
}

function listsOf(schema: Record<string, unknown>, resolve: Resolve, depth: number): fc.Arbitrary<unknown[]> {
  const { minItems = 0, maxItems = 4 } = schema as Record<string, number | undefined>;
  const items = (schema['items'] ?? true) as Schema;
  const maxLength = depth > DEEPEST ? minItems : Math.max(minItems, Math.min(maxItems, 4));
  return fc.array(valuesOf(items, resolve, depth + 1), { minLength: minItems, maxLength });
}

function objectsOf(schema: Record<string, unknown>, resolve: Resolve, depth: number): fc.Arbitrary<object> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = (schema['required'] ?? []) as string[];
  const members = Object.entries(properties).map(([name, each]) => [name, valuesOf(each, resolve, depth + 1)] as const);
  const known = fc.record(Object.fromEntries(members), { requiredKeys: required.filter((name) => name in properties) });
  const others = schema['additionalProperties'];
  if (typeof others !== 'object' || others === null || depth > DEEPEST) return known;
  const names = (schema['propertyNames'] ?? { type: 'string', minLength: 1, maxLength: 20 }) as Schema;
  const key = valuesOf(names, resolve, depth + 1).map(String);
  const free = fc.dictionary(key, valuesOf(others as Schema, resolve, depth + 1), {
    maxKeys: 3,
    noNullPrototype: true,
  });
  return fc.tuple(known, free).map(([named, more]) => ({ ...more, ...named }));
}

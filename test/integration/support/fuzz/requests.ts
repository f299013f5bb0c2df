import fc from 'fast-check';
import { valuesOf, type Resolve, type Schema } from './schema-values';

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface DocumentedOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface FuzzedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OperationAt {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

export function operationsOf(document: ApiDocument): readonly OperationAt[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

export function resolverOf(document: ApiDocument): Resolve {
  return (reference) => {
    const name = reference.split('/').at(-1) ?? '';
    return document.components.schemas[name] ?? true;
  };
}

/**
 * Requests to an operation: most as the document allows them, others with something in them that it does not.
 *
 * @param known ids that lead somewhere, by the name of their parameter
 */
export function requestsTo(
  { method, path, operation }: OperationAt,
  resolve: Resolve,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<FuzzedRequest> {
  const parameters = operation.parameters ?? [];
  const placed = (place: Parameter['in']) => parameters.filter((each) => each.in === place);
  const ids = fc.record(
    Object.fromEntries([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, segments(known[name] ?? [])])),
  );
  return fc
    .record({
      ids,
      query: given(placed('query'), resolve),
      headers: given(placed('header'), resolve),
      body: bodies(operation, resolve, known),
    })
    .map(({ ids: chosen, query, headers, body }) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(chosen[name] ?? '')),
      query,
      headers: sendable(headers),
      ...(body !== undefined && { body }),
    }));
}

/** Where there are ids that lead somewhere, mostly those: what lies behind "there is no such consent" is what is to be tried. */
function segments(known: readonly string[]): fc.Arbitrary<string> {
  const strange = fc
    .oneof(fc.string({ minLength: 1, maxLength: 60 }), fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }))
    // A client resolves these before anything is sent.
    .filter((text) => text !== '.' && text !== '..' && text.isWellFormed());
  return known.length === 0
    ? strange
    : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: strange });
}

function given(parameters: readonly Parameter[], resolve: Resolve): fc.Arbitrary<Record<string, string>> {
  const values = Object.fromEntries(
    parameters.map(({ name, schema }) => [
      name,
      fc.oneof(
        { weight: 5, arbitrary: valuesOf(schema, resolve).map(written) },
        { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
      ),
    ]),
  );
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc.record(values, { requiredKeys });
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What HTTP carries in a header at all (RFC 9110 §5.5). */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^\x21-\x7e]/g, '') || 'x']),
  );
}

function bodies(
  { requestBody }: DocumentedOperation,
  resolve: Resolve,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<string | undefined> {
  const schema = requestBody?.content['application/json']?.schema;
  if (schema === undefined) return fc.constant(undefined);
  const right = fc.tuple(valuesOf(schema, resolve), fc.nat()).map(([value, choice]) => leading(value, choice, known));
  return fc.oneof(
    { weight: 6, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: fc.tuple(right, fc.jsonValue(), fc.nat()).map(spoiled) },
    { weight: 1, arbitrary: fc.oneof(fc.json(), fc.string({ maxLength: 30 }), fc.constant('{"a":"\\ud800"}')) },
  );
}

/** Ids that are made up lead nowhere: two of three requests name what there is. */
function leading(value: unknown, choice: number, known: Readonly<Record<string, readonly string[]>>): unknown {
  if (typeof value !== 'object' || value === null || choice % 3 === 0) return value;
  const ids = Object.keys(value).flatMap((name) => {
    const id = known[name]?.[choice % known[name].length];
    return id === undefined ? [] : [[name, id] as const];
  });
  return { ...value, ...Object.fromEntries(ids) };
}

/** One member replaced, or one that nobody knows added. */
function spoiled([value, other, choice]: [unknown, unknown, number]): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(other);
  const names = [...Object.keys(value), 'unheardOf'];
  return JSON.stringify({ ...value, [names[choice % names.length] ?? '']: other });
}

import addFormats from 'ajv-formats';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { openApiDocument } from '../../../src/api/contract/document';
import { ALL_OPERATIONS } from '../../../src/api/contract/operations';

/** One request to the API and what it was answered with. */
export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** As text that was sent; undefined where there was none. */
  readonly body?: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where it was not kept as text. */
  readonly text?: string | undefined;
}

interface Header {
  readonly $ref?: string;
  readonly required?: boolean;
}
interface Response {
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, unknown>>;
}
interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: unknown;
  readonly required?: boolean;
}
interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean };
  readonly responses: Readonly<Record<string, Response>>;
}

/** Pages are for people, and no part of the document. */
const PAGES = /^\/(connect|callback|assets|docs|demo)(\/|$)/;

const document = openApiDocument(ALL_OPERATIONS, '0');
const paths = document.paths as unknown as Readonly<Record<string, Readonly<Record<string, Described>>>>;
const headers = (document.components?.headers ?? {}) as Readonly<Record<string, Header>>;
const templates = Object.keys(paths).map((template) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true })).addSchema(document, 'openapi');
/** Parameters of an address are text, whatever they mean. */
const ofAddresses = addFormats(new Ajv2020({ strict: false, allErrors: true, coerceTypes: true }));
// Said for who reads: what it describes has its own pattern.
for (const each of [ajv, ofAddresses]) each.addFormat('base64', true);
const compiled = new Map<string, ValidateFunction>();

/** @throws {Error} that says where the answer, or a request that was taken, is not what the document says */
export function requireContract(exchange: Exchange): void {
  const faults = contractFaults(exchange);
  if (faults.length === 0) return;
  const { method, path, status, text = '' } = exchange;
  throw new Error(
    `${method} ${path} answered ${status}, and /openapi.json says otherwise:\n  ${faults.join('\n  ')}\n${text.slice(0, 2_000)}`,
  );
}

/** Where an exchange and the document differ. */
export function contractFaults(exchange: Exchange): readonly string[] {
  const [pathname = ''] = exchange.path.split('?');
  if (PAGES.test(pathname) || exchange.method === 'OPTIONS') return [];
  const method = exchange.method === 'HEAD' ? 'get' : exchange.method.toLowerCase();
  const template = templates.find(({ pattern }) => pattern.test(pathname))?.template;
  const operation = template === undefined ? undefined : paths[template]?.[method];
  if (template === undefined || !operation) {
    const isRefused = exchange.status === 404 || exchange.status === 405;
    return isRefused ? [] : [`there is no ${exchange.method} ${pathname} in the document`];
  }
  const place = ['paths', template, method];
  return [
    ...faultsOfAnswer(exchange, operation, place),
    ...(exchange.status < 300 ? faultsOfRequest(exchange, operation, place) : []),
  ];
}

function faultsOfAnswer({ method, status, headers: sent, text }: Exchange, operation: Described, place: string[]) {
  const response = operation.responses[String(status)];
  if (!response) return [`the status ${status} is not documented`];
  const missing = Object.entries(response.headers ?? {})
    .filter(([name, header]) => (resolved(header).required ?? false) && !sent.has(name))
    .map(([name]) => `the header ${name} is missing`);
  const hasNoBody = method === 'HEAD' || status === 204 || status === 304;
  return [
    ...missing,
    ...(hasNoBody ? [] : faultsOfContent(response, sent, text, [...place, 'responses', `${status}`])),
  ];
}

function resolved(header: Header): Header {
  return header.$ref === undefined ? header : (headers[header.$ref.split('/').at(-1) ?? ''] ?? {});
}

function faultsOfContent({ content = {} }: Response, sent: Headers, text: string | undefined, place: string[]) {
  const given = sent.get('content-type') ?? 'none';
  const type = Object.keys(content).find((each) => each === '*/*' || mediaTypeOf(each) === mediaTypeOf(given));
  if (type === undefined) return [`the content type ${given} is not documented`];
  if (text === undefined) return [];
  const validate = validatorAt([...place, 'content', type, 'schema']);
  if (/\bjson$/.test(mediaTypeOf(given)) && mediaTypeOf(given) !== 'application/x-ndjson') {
    return judge(validate, JSON.parse(text), 'answer');
  }
  return judge(validate, text, 'answer');
}

function faultsOfRequest({ body, path }: Exchange, operation: Described, place: string[]): readonly string[] {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  // Lists come with commas between.
  const lists = parameters.filter((parameter) => JSON.stringify(parameter.schema).includes('"array"'));
  const query = Object.fromEntries(
    [...new URL(path, 'http://localhost').searchParams].map(([name, value]) => [
      name,
      value.includes(',') && lists.some((list) => list.name === name) ? value.split(',') : value,
    ]),
  );
  const schema = {
    type: 'object',
    properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
  // Health and keys may be asked with more: it keeps caches away.
  const isStrict = (operation as { security?: unknown[] }).security?.length !== 0;
  const inQuery = isStrict ? judge(ofAddresses.compile(schema), query, 'query') : [];
  if (body === undefined || body === '') {
    return operation.requestBody?.required === true ? [...inQuery, 'a body is needed, by the document'] : inQuery;
  }
  if (!operation.requestBody) return [...inQuery, 'a body was taken, and none is documented'];
  const validate = validatorAt([...place, 'requestBody', 'content', 'application/json', 'schema']);
  return [...inQuery, ...judge(validate, JSON.parse(body), 'request')];
}

function mediaTypeOf(text: string): string {
  return text.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function validatorAt(place: readonly string[]): ValidateFunction {
  const pointer = place.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const known = compiled.get(pointer);
  if (known) return known;
  const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
  compiled.set(pointer, validate);
  return validate;
}

function judge(validate: ValidateFunction, value: unknown, what: string): readonly string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
    [`${what}${instancePath}`, message, JSON.stringify(params)].join(' '),
  );
}

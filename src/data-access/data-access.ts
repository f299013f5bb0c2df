import { ConsentFailure } from '../domain/failures';
import { readDocument, readListPage } from '../fdx/data-document';
import { createCallRecord, type CallRecord } from './call-record';
import { askBank, type Ask, type BankErrand } from './ask-bank';
import { judgeRequest, type DataCall, type DataRequest } from './data-call';
import { delegateCall, type DelegatedCall } from './delegated-call';
import type { DataAccessDependencies } from './dependencies';
import { createDoubtReports } from './doubt';
import { withGrantInUse } from './grant-in-use';
import { mediaTypeOf } from './media-types';
import { sealCursor } from './page-cursor';

/** Reads a person's data at their bank, within what they granted. Nothing of it is kept. */
export interface DataAccess {
  /** @throws {ConsentFailure} as the request is judged, and as the bank's no is told */
  read(request: DataRequest): Promise<DataAnswer>;
  /**
   * Hands a document to whoever sends it on, while it comes.
   *
   * @param accept media types in the order of preference
   * @param gone nobody waits for it any more: the bank's side is ended too
   */
  open(
    request: DataRequest,
    accept: string,
    gone: AbortSignal,
    send: (document: BankDocument) => Promise<void>,
  ): Promise<void>;
  /**
   * What opens a request that the application makes itself.
   *
   * @param nonce of the bank's, when the application was asked for one
   */
  delegate(request: DataRequest, nonce?: string): Promise<DelegatedCall>;
  /** Whether such a request would be judged well now. Nobody is asked, and nothing is written down. */
  isOpen(request: DataRequest): Promise<boolean>;
}

export interface DataAnswer {
  /** 200, or 206 where the bank has a part of it only. */
  readonly status: number;
  /** JSON, as the bank wrote it. */
  readonly text: string;
}

export interface BankDocument {
  readonly status: number;
  readonly mediaType: string;
  readonly body: ReadableStream<Uint8Array>;
}

export function openDataAccess(deps: DataAccessDependencies): DataAccess {
  const doubts = createDoubtReports(deps);

  /** A request that is judged and on its way, in its turn; written down whatever comes of it. */
  async function within<Result>(request: DataRequest, work: (errand: BankErrand) => Promise<Result>): Promise<Result> {
    const record = createCallRecord(deps.events, 'data.read', request);
    return record.kept(() => inTurn(request, record, work));
  }

  async function inTurn<Result>(
    request: DataRequest,
    record: CallRecord,
    work: (errand: BankErrand) => Promise<Result>,
  ): Promise<Result> {
    const judged = await judgeRequest(deps, request);
    record.judged(judged);
    const askedAt = performance.now();
    const passage = await deps.traffic.admit(judged.access.profile, judged.access.consent_id);
    try {
      const stoodInLine = performance.now() - askedAt > IN_LINE_MS;
      const call = stoodInLine ? await judgeRequest(deps, request) : judged;
      return await work({ call, passage, doubts, record });
    } finally {
      passage.end();
    }
  }

  const answerTo = (request: DataRequest, errand: BankErrand, ask: AskFor): Promise<BankAnswer> =>
    withGrantInUse(deps, request, errand.call, async (call) => ({
      call,
      response: await askBank(deps, { ...errand, call }, (grant) => ask(grant, call)),
    }));

  return {
    read: (request) =>
      within(request, async (errand) => {
        const { call, response } = await answerTo(request, errand, ({ client, tokens }, { url, headers }) =>
          client.fetchWithToken(tokens, url, { method: 'GET', headers }),
        );
        const body = new Uint8Array(await response.arrayBuffer());
        const answer = { status: response.status, text: await textOf(request, call, body) };
        await errand.record.write();
        return answer;
      }),

    open: (request, accept, gone, send) =>
      within(request, async (errand) => {
        const { response } = await answerTo(request, errand, ({ client, tokens }, { url, headers }) =>
          client.openWithToken(tokens, url, { method: 'GET', headers: { ...headers, accept }, signal: gone }),
        );
        const { status, body } = response;
        const mediaType = mediaTypeOf(response);
        if (!body || mediaType === undefined) {
          await body?.cancel();
          throw new ConsentFailure('fdx_response_invalid', 'it is no document of a kind that is passed on.');
        }
        try {
          await errand.record.write();
        } catch (error) {
          await body.cancel();
          throw error;
        }
        await send({ status, mediaType, body });
      }),

    delegate: (request, nonce) => delegateCall(deps, request, nonce),

    isOpen: (request) =>
      judgeRequest(deps, request).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ConsentFailure && error.code !== 'vault_unavailable') return false;
          throw error;
        },
      ),
  };
}

/** Sends one call with tokens that work. */
type AskFor = (grant: Parameters<Ask>[0], call: DataCall) => Promise<Response>;

interface BankAnswer {
  /** As it was sent. */
  readonly call: DataCall;
  readonly response: Response;
}

/** Whoever stood in line longer than this is judged anew: a revocation counts from its commit on. */
const IN_LINE_MS = 20;

async function textOf(request: DataRequest, call: DataCall, body: Uint8Array): Promise<string> {
  const { resource, url, first, dataKey, access, query, begunAt } = call;
  if (resource.list === undefined) return readDocument(body);
  const page = readListPage(body, resource.list, url, first);
  if (!page.next) return page.withCursor(undefined);
  const { name, ids } = request;
  const next = page.next.href;
  return page.withCursor(await sealCursor(dataKey, access.id, { name, ids, query, begunAt, next }));
}

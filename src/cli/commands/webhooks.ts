import { z } from 'zod';
import { isEventTypePattern } from '../../events/event-types';
import type { ApplicationId } from '../../domain/ids';
import { listApplications } from '../../store/applications';
import type { Database } from '../../store/database';
import { insertTest, listAttempts, listDeliveries, replayEvents } from '../../store/webhook-deliveries';
import { findEndpoint, listEndpoints, pauseEndpoint, type EndpointRow } from '../../store/webhook-endpoints';
import { createSecretBook } from '../../store/webhook-secrets';
import { DELIVERY_STATUSES } from '../../store/webhook-tables';
import { registerEndpoint, resume, rotateSecret, tellUnanswered, type WebhookHands } from '../../webhooks/endpoints';
import { createWebhookSender } from '../../webhooks/sender';
import { deliveryLogView, deliveryView, endpointView } from '../../webhooks/views';
import { NotFound, UsageError } from '../command-errors';
import { vaultOf, withDatabase, type Command, type CommandResult, type Settings } from '../command';
import { parseDuration } from '../duration';
import { count, instant, parseOptions } from '../operator-input';
import { printable, table } from '../table';

/** Where applications are told, whoever's it is: docs/webhooks.md. */
export const WEBHOOK_COMMANDS: readonly Command[] = [
  {
    words: ['webhooks', 'list'],
    examples: ['--application budget-bee'],
    synopsis: '[--application ID]',
    summary: 'webhook endpoints of all applications, and how they stand',
    options: { application: { type: 'string', value: 'ID', about: 'only those of this application' } },
    changes: false,
    run: (values, _positionals, settings) =>
      withDatabase(settings, (database) => list(database, values['application'] as ApplicationId | undefined)),
  },
  {
    words: ['webhooks', 'show'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ENDPOINT-ID',
    summary: 'one endpoint, and what became of the latest deliveries',
    changes: false,
    run: (_values, [id], settings) => withDatabase(settings, (database) => show(database, id)),
  },
  {
    words: ['webhooks', 'add'],
    examples: ['--application budget-bee --url https://app.example/hooks --type consent.*'],
    synopsis: '--application ID --url URL [--type TYPE]… [--description TEXT]',
    summary: 'register an endpoint for an application and print its secret',
    options: {
      application: { type: 'string', value: 'ID', about: 'whose endpoint it is' },
      url: { type: 'string', value: 'URL', about: 'where events are sent' },
      type: {
        type: 'string',
        multiple: true,
        value: 'TYPE',
        about: 'which events; may be said several times',
        fallback: 'all of them',
      },
      description: { type: 'string', value: 'TEXT', about: 'what it is for' },
    },
    changes: true,
    run: (values, _positionals, settings) => withHands(settings, (hands) => add(hands, values)),
  },
  {
    words: ['webhooks', 'pause'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ENDPOINT-ID',
    summary: 'let what happens wait',
    changes: true,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { id: known } = await endpointNamed(database, id);
        return told((await pauseEndpoint(database, known)) ?? (await endpointNamed(database, id)));
      }),
  },
  {
    words: ['webhooks', 'resume'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ENDPOINT-ID',
    summary: 'send what has waited; one that was disabled answers a challenge first',
    changes: true,
    run: (_values, [id], settings) =>
      withHands(settings, async (hands) => told(await resume(hands, await endpointNamed(hands.database, id)))),
  },
  {
    words: ['webhooks', 'rotate-secret'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6 --overlap 1h'],
    synopsis: 'ENDPOINT-ID [--overlap 24h]',
    summary: 'print a new secret; those before it sign as well until the overlap is over',
    options: {
      overlap: { type: 'string', value: '24h', about: 'how long the secrets before it sign as well', fallback: '24h' },
    },
    changes: true,
    run: (values, [id], settings) => withHands(settings, (hands) => rotate(hands, id, values)),
  },
  {
    words: ['webhooks', 'deliveries'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6 --status failed'],
    synopsis: 'ENDPOINT-ID [--status waiting|delivered|failed] [--limit 50]',
    summary: 'what was sent to an endpoint, newest first',
    options: {
      status: { type: 'string', choices: DELIVERY_STATUSES, about: 'only those' },
      limit: { type: 'string', value: 'N', about: 'how many', fallback: '50' },
    },
    changes: false,
    run: (values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { id: endpointId } = await endpointNamed(database, id);
        const rows = await listDeliveries(database, endpointId, parseOptions(deliveriesSchema, values));
        const views = rows.map(deliveryView);
        const lines = views.map((view) => [
          ...[view.id, view.webhookId, view.type, view.status, `${view.attempts}`],
          view.settledAt ?? view.nextAttemptAt ?? '',
        ]);
        const headings = ['delivery', 'webhook-id', 'type', 'status', 'attempts', 'settled, or next attempt'];
        return { text: views.length === 0 ? 'none' : table(headings, lines), value: { deliveries: views } };
      }),
  },
  {
    words: ['webhooks', 'replay'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6 --since 2026-11-01T00:00:00Z --failed'],
    synopsis: 'ENDPOINT-ID (--event ID… | --since INSTANT [--until INSTANT] [--failed])',
    summary: 'send events again under the same ids',
    options: {
      event: { type: 'string', multiple: true, value: 'ID', about: 'this event; may be said several times' },
      since: { type: 'string', value: 'INSTANT', about: 'those from then on' },
      until: { type: 'string', value: 'INSTANT', about: 'those before then', fallback: 'now' },
      failed: { type: 'boolean', about: 'only what was given up' },
    },
    changes: true,
    run: (values, [id], settings) => withDatabase(settings, (database) => replay(database, id, values)),
  },
  {
    words: ['webhooks', 'test'],
    examples: ['whe_0198a2b4c6d87e10b2f4a6c8e0d2f4a6'],
    synopsis: 'ENDPOINT-ID',
    summary: 'send a test.ping',
    changes: true,
    run: (_values, [id], settings) =>
      withDatabase(settings, async (database) => {
        const { id: endpointId } = await endpointNamed(database, id);
        const delivery = await insertTest(database, endpointId);
        const text = `${delivery.id} is on its way; see fdx-consent webhooks show ${endpointId}`;
        return { text, value: deliveryView(delivery) };
      }),
  },
];

const deliveriesSchema = z.object({
  status: z.enum(DELIVERY_STATUSES, 'takes waiting, delivered or failed').optional(),
  limit: count(1_000).default(50),
});

const addSchema = z.object({
  application: z.string('is needed'),
  url: z.string('is needed'),
  type: z
    .array(
      z.string().refine((text) => text === '*' || isEventTypePattern(text), 'takes types of events: docs/events.md'),
    )
    .default(['*']),
  description: z.string().max(200).optional(),
});

const rotateSchema = z.object({
  overlap: z
    .string()
    .default('24h')
    .transform((text) => parseDuration(text) ?? -1)
    .refine((milliseconds) => milliseconds >= 0 && milliseconds <= 7 * 24 * 60 * 60_000, 'takes 0s to 7d, such as 24h'),
});

const replaySchema = z.object({
  event: z.array(z.string()).optional(),
  since: instant.optional(),
  until: instant.optional(),
  failed: z.boolean().default(false),
});

/** @throws {NotFound} when there is none */
async function endpointNamed(database: Database, id: string | undefined): Promise<EndpointRow> {
  if (id === undefined) throw new UsageError('Name the endpoint: fdx-consent webhooks list shows them.');
  const row = await findEndpoint(database, id);
  if (!row) throw new NotFound(`There is no webhook endpoint ${id}.`);
  return row;
}

async function list(database: Database, applicationId: ApplicationId | undefined): Promise<CommandResult> {
  const rows = await listEndpoints(database, applicationId);
  const lines = rows.map((row) => [
    ...[row.id, row.application_id, row.status, row.status_reason ?? ''],
    row.failing_since ? `since ${row.failing_since.toISOString()}` : '',
    // What is behind the host may be meant for its owner alone.
    new URL(row.url).host,
  ]);
  const headings = ['endpoint', 'application', 'status', 'reason', 'failing', 'host'];
  return { text: rows.length === 0 ? 'none' : table(headings, lines), value: { endpoints: rows.map(ofApplication) } };
}

async function show(database: Database, id: string | undefined): Promise<CommandResult> {
  const LATEST = 10;
  const row = await endpointNamed(database, id);
  const latest = await listDeliveries(database, row.id, { limit: LATEST });
  const logs = await Promise.all(
    latest.map(async (each) => deliveryLogView(each, await listAttempts(database, each.id))),
  );
  const lines = logs.map(({ id: delivery, type, status, attempts, log }) => {
    const { status: answered, failure } = log.at(-1) ?? {};
    return [delivery, type, status, `${attempts}`, [failure, answered].filter((each) => each !== undefined).join(' ')];
  });
  const facts = Object.entries(ofApplication(row)).map(([name, value]) =>
    // A description is the application's own.
    printable(`${name}: ${[value].flat().join(', ')}`),
  );
  const headings = ['delivery', 'type', 'status', 'attempts', 'last answer'];
  return {
    text: [...facts, '', lines.length === 0 ? 'no deliveries' : table(headings, lines)].join('\n'),
    value: { ...ofApplication(row), deliveries: logs },
  };
}

async function add(hands: WebhookHands, values: unknown): Promise<CommandResult> {
  const { application, url, type: eventTypes, description = null } = parseOptions(addSchema, values);
  const isKnown = (await listApplications(hands.database)).some(({ id }) => id === application);
  if (!isKnown) throw new NotFound(`There is no application ${application}.`);
  const terms = { url, description, eventTypes };
  const { endpoint, secret, outcome } = await registerEndpoint(hands, application as ApplicationId, terms);
  const state = outcome.kind === 'answered' ? 'is enabled' : `is pending: ${tellUnanswered(outcome)}`;
  return {
    text: `${endpoint.id} ${state}\nIts secret (shown once): ${secret}`,
    value: { ...ofApplication(endpoint), secret },
    outcome: `done: ${endpoint.id}`,
  };
}

async function rotate(hands: WebhookHands, id: string | undefined, values: unknown): Promise<CommandResult> {
  const row = await endpointNamed(hands.database, id);
  const overlapSeconds = parseOptions(rotateSchema, values).overlap / 1_000;
  const { secret, previousExpireAt } = await rotateSecret(hands, row, { overlapSeconds });
  const until = previousExpireAt.toISOString();
  const text = `New secret of ${row.id} (shown once): ${secret}\nThose before it sign as well until ${until}.`;
  return { text, value: { id: row.id, secret, previousExpireAt: until } };
}

async function replay(database: Database, id: string | undefined, values: unknown): Promise<CommandResult> {
  const row = await endpointNamed(database, id);
  const { event, since, until = new Date(), failed } = parseOptions(replaySchema, values);
  if ((event === undefined) === (since === undefined))
    throw new UsageError('Say which: --event ID …, or --since INSTANT');
  const queued = since
    ? await replayEvents(database, row.id, { since, until, onlyFailed: failed })
    : await replayEvents(database, row.id, { eventIds: event ?? [] });
  return { text: `${queued} on their way to ${row.id}.`, value: { queued } };
}

function told(row: EndpointRow): CommandResult {
  return { text: `${row.id} is ${row.status}.`, value: ofApplication(row) };
}

function ofApplication(row: EndpointRow) {
  return { applicationId: row.application_id, ...endpointView(row) };
}

/** For commands that challenge, or open and seal secrets. */
async function withHands(
  settings: Settings,
  work: (hands: WebhookHands) => Promise<CommandResult>,
): Promise<CommandResult> {
  const given = settings('WEBHOOKS_ALLOW_PRIVATE_ADDRESSES', 'WEBHOOKS_TIMEOUT_SECONDS', 'OUTBOUND_PROXY_URL');
  return withDatabase(settings, async (database) => {
    const vault = vaultOf(settings, database);
    const sender = createWebhookSender({
      allowPrivateAddresses: given.WEBHOOKS_ALLOW_PRIVATE_ADDRESSES,
      timeoutSeconds: given.WEBHOOKS_TIMEOUT_SECONDS,
      proxyUrl: given.OUTBOUND_PROXY_URL,
    });
    try {
      return await work({ database, vault, sender, secrets: createSecretBook({ database, vault }) });
    } finally {
      // A command ends when nothing holds it open.
      await sender.close();
    }
  });
}

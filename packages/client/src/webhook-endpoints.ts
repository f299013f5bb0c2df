import type { Answer, Body, RegisteredWebhookEndpoint, WebhookDelivery, WebhookEndpoint } from './contract';
import { answerOf, type CallOptions, type Connection } from './connection';
import { Pages } from './pages';

/** Where you are told what happens: docs/webhooks.md. */
export class WebhookEndpoints {
  constructor(private readonly connection: Connection) {}

  /** Registers one, and challenges it at once. Keep the `secret` of the answer: it is shown there and nowhere else. */
  create(endpoint: Body<'createWebhookEndpoint'>, options?: CallOptions): Promise<RegisteredWebhookEndpoint> {
    return answerOf(
      this.connection.raw.POST('/v1/webhook-endpoints', { body: endpoint, ...this.connection.with(options) }),
    );
  }

  async list(options?: CallOptions): Promise<readonly WebhookEndpoint[]> {
    const { endpoints } = await answerOf(
      this.connection.raw.GET('/v1/webhook-endpoints', this.connection.with(options)),
    );
    return endpoints;
  }

  get(endpointId: string, options?: CallOptions): Promise<WebhookEndpoint> {
    const params = { path: { endpointId } };
    return answerOf(
      this.connection.raw.GET('/v1/webhook-endpoints/{endpointId}', { params, ...this.connection.with(options) }),
    );
  }

  /** Challenges it again: one that answers is enabled. */
  verify(endpointId: string, options?: CallOptions): Promise<WebhookEndpoint> {
    const params = { path: { endpointId } };
    return answerOf(
      this.connection.raw.POST('/v1/webhook-endpoints/{endpointId}/verification', {
        params,
        ...this.connection.with(options),
      }),
    );
  }

  async delete(endpointId: string, options?: CallOptions): Promise<void> {
    const params = { path: { endpointId } };
    await answerOf(
      this.connection.raw.DELETE('/v1/webhook-endpoints/{endpointId}', { params, ...this.connection.with(options) }),
    );
  }

  /** A new secret; the one before it signs as well for as long as `overlapSeconds` says. */
  rotateSecret(
    endpointId: string,
    body: Body<'rotateWebhookSecret'> = {},
    options?: CallOptions,
  ): Promise<Answer<'rotateWebhookSecret'>> {
    const params = { path: { endpointId } };
    return answerOf(
      this.connection.raw.POST('/v1/webhook-endpoints/{endpointId}/secret-rotation', {
        params,
        body,
        ...this.connection.with(options),
      }),
    );
  }

  /** Sends events again, by id or by time. */
  replay(endpointId: string, body: Body<'replayWebhooks'>, options?: CallOptions): Promise<Answer<'replayWebhooks'>> {
    const params = { path: { endpointId } };
    return answerOf(
      this.connection.raw.POST('/v1/webhook-endpoints/{endpointId}/replay', {
        params,
        body,
        ...this.connection.with(options),
      }),
    );
  }

  /** What was sent to it, the newest first. */
  deliveries(endpointId: string, options?: CallOptions): Pages<WebhookDelivery> {
    return new Pages(async (cursor) => {
      const params = { path: { endpointId }, query: cursor === undefined ? {} : { cursor } };
      const { deliveries, nextCursor } = await answerOf(
        this.connection.raw.GET('/v1/webhook-endpoints/{endpointId}/deliveries', {
          params,
          ...this.connection.with(options),
        }),
      );
      return { items: deliveries, nextCursor };
    });
  }
}

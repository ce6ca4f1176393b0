import type { HttpServer } from '@phone82/http';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { HintedStatus } from '../domain/psp-hint.ts';
import type { PayService } from '../service.ts';
import type { HintOutcome } from '../usecases/heed-psp-hint.ts';

export interface TossWebhookOptions {
  readonly service: PayService;
  /** Our number of an order that the PSP names; `foreign` or null if it is none of ours. */
  orderIdOf(pspOrderId: string): number | null | 'foreign';
  /** Told what became of each piece of news. */
  counted(outcome: WebhookOutcome): void;
}

export type WebhookOutcome = HintOutcome | 'malformed' | 'foreign' | 'otherEvent';

interface News {
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

const BODY_LIMIT_BYTES = 64 * 1024;
/** A flood of news takes no place from charges, and no line each from the log: what became of it is counted. */
const config = { lane: 'webhooks', quiet: true, access: 'public' } as const;
const TRANSMISSION_ID = 'tosspayments-webhook-transmission-id';

const newsValidator = Compile(
  Type.Object({
    eventType: Type.String(),
    data: Type.Object({ orderId: Type.String({ maxLength: 64 }), status: Type.String() }),
  }),
);

const statuses: Readonly<Record<string, HintedStatus>> = {
  DONE: 'charged',
  PARTIAL_CANCELED: 'charged',
  CANCELED: 'cancelled',
};

/**
 * `POST /webhooks/toss`. The PSP signs nothing and repeats what is not answered with 200, so everything is, whatever it says:
 * what can't be used is counted and passed over.
 */
export const tossWebhook = (options: TossWebhookOptions) => (server: HttpServer) => {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    );
    const receiving = {
      operationId: 'receiveTossWebhook',
      summary: 'News of the PSP: a hint to look a payment up',
      description: 'Nothing in it is believed. Answered with 200 whatever it says.',
      tags: ['psp'],
      response: {
        200: {
          description: 'It was seen.',
          content: { 'application/json': { schema: Type.Object({}, { title: 'Seen' }) } },
        },
      },
    };
    scope.post(
      '/webhooks/toss',
      { schema: receiving, bodyLimit: BODY_LIMIT_BYTES, config },
      async (request) => {
        options.counted(await heed(request, options));
        return {};
      },
    );
  });
};

async function heed(request: News, { service, orderIdOf }: TossWebhookOptions): Promise<WebhookOutcome> {
  const news = parsed(request.body);
  if (!newsValidator.Check(news)) return 'malformed';
  if (news.eventType !== 'PAYMENT_STATUS_CHANGED') return 'otherEvent';
  const orderId = orderIdOf(news.data.orderId);
  if (orderId === null || orderId === 'foreign') return 'foreign';
  const status = statuses[news.data.status] ?? 'other';
  return service.commands.heedPspHint({ transmissionId: transmissionIdOf(request), orderId, status });
}

function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

function transmissionIdOf({ headers }: News): string | null {
  const id = headers[TRANSMISSION_ID];
  return typeof id === 'string' && id.length <= 200 ? id : null;
}

import { createHash } from 'node:crypto';
import { DEMO_SUBJECT, type Principal } from '@phone82/access';
import { Problem, type ProblemCode, problems } from '@phone82/contracts';
import { type IdempotencyStore, isInfrastructureError, type SavedAnswer } from '@phone82/persistence';
import { failpoint } from '@phone82/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fingerprint } from './fingerprint.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    actsOnce?: boolean;
  }
  interface FastifyRequest {
    /** The client's Idempotency-Key, on routes that act once. */
    idempotencyKey: string | undefined;
  }
}

/** The `config` of a route whose requests, repeated with the same `Idempotency-Key`, act once and get the same answer. */
export const actsOnce = { actsOnce: true } as const;

/** After this a request that never ended is taken for dead, and its key may begin anew. */
const LOCK_MS = 15_000;
const ACCEPTED = 202;
const KEPT_HEADERS = ['content-type', 'content-language', 'location', 'retry-after', 'etag'];

/** Gives the routes that act once their `request.idempotencyKey` and, with a store, their memory of answers. */
export function rememberAnswers(server: FastifyInstance, store?: IdempotencyStore): void {
  const begun = new WeakSet<FastifyRequest>();
  server.decorateRequest('idempotencyKey', undefined);
  server.addHook('preHandler', (request, reply, done) => {
    if (!request.routeOptions.config.actsOnce) return done();
    try {
      request.idempotencyKey = keyOf(request);
    } catch (error) {
      return done(error as Error);
    }
    const { idempotencyKey } = request;
    if (!store || !idempotencyKey) return done();
    recall(store, idempotencyKey, request).then(
      (known) => {
        if (known) return void replay(reply, known);
        begun.add(request);
        done();
      },
      (error) => done(notBegun(error, request)),
    );
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (request.routeOptions.config?.actsOnce && reply.statusCode < 300) failpoint('http-before-reply');
    if (!store || !request.idempotencyKey || !begun.delete(request)) return done(null, payload);
    save(store, request, reply, String(payload ?? '')).then(() => done(null, payload), done);
  });
}

/** Whatever became of the key, nothing was done for its request. */
function notBegun(error: Error, { log }: FastifyRequest): Error {
  if (!isInfrastructureError(error)) return error;
  log.error({ err: error }, 'an idempotency key could not be begun');
  return new Problem('service-unavailable', {}, 1);
}

/** The answer that the key's first request got; undefined if this is the first. */
async function recall(
  store: IdempotencyStore,
  key: string,
  request: FastifyRequest,
): Promise<SavedAnswer | undefined> {
  const print = fingerprint({ ...pick(request), principal: request.principal.subject });
  const outcome = await store.begin(key, print, LOCK_MS);
  if (outcome.kind === 'mismatch') throw new Problem('idempotency-key-reused');
  if (outcome.kind === 'inFlight') throw new Problem('idempotency-in-flight', {}, 1);
  return outcome.kind === 'new' ? undefined : outcome;
}

const pick = ({ method, url, body }: FastifyRequest) => ({ method, url, body });

function keyOf({ headers, principal }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))
    throw new Problem('idempotency-key-invalid');
  return keyOfPrincipal(key, principal);
}

/** The key as it is stored. Two people may choose the same one: neither learns of the other's, nor is kept from using it. */
export function keyOfPrincipal(
  key: string,
  { subject, service }: Pick<Principal, 'subject' | 'service'>,
): string {
  if (subject === DEMO_SUBJECT) return key;
  return createHash('sha256')
    .update(JSON.stringify([subject, service, key]))
    .digest('base64url');
}

function replay(reply: FastifyReply, { status, headers, body }: SavedAnswer): FastifyReply {
  return reply
    .code(status)
    .headers(headers)
    .header('idempotency-replayed', 'true')
    .serializer(String)
    .send(body);
}

/** Whether a repeat is to get this answer again. After any other answer a repeat acts anew. */
function isFinal({ statusCode }: FastifyReply, refusedWith: ProblemCode | undefined): boolean {
  if (refusedWith === undefined) return statusCode < 300 && statusCode !== ACCEPTED;
  // The key belongs to another request, whose answer it has to keep.
  return problems[refusedWith].lasts === 'final' && refusedWith !== 'idempotency-key-reused';
}

/** An answer that cannot be saved is still the true one. */
async function save(
  store: IdempotencyStore,
  request: FastifyRequest,
  reply: FastifyReply,
  body: string,
): Promise<void> {
  const key = request.idempotencyKey as string;
  const present = KEPT_HEADERS.filter((name) => reply.hasHeader(name));
  const headers = Object.fromEntries(present.map((name) => [name, String(reply.getHeader(name))]));
  try {
    if (isFinal(reply, request.refusedWith))
      await store.complete(key, { status: reply.statusCode, headers, body });
    else await store.release(key);
  } catch (error) {
    request.log.warn({ err: error }, 'the answer to an idempotency key could not be saved');
  }
}

import { Readable } from 'node:stream';
import type { Access } from '@phone82/access';
import {
  BATCH_MEDIA_TYPE,
  type BatchedAnswer,
  BatchedRequest,
  MOST_IN_BATCH,
  Problem,
} from '@phone82/contracts';
import { failpoint } from '@phone82/runtime';
import { withContext } from '@phone82/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import type { Admit } from './admission.ts';
import type { RefuseLate } from './deadline.ts';
import { describeFaults } from './faults.ts';
import type { HttpServer } from './http-server.ts';
import { type Language, preferredLanguage } from './language.ts';
import { priorityOf } from './priority.ts';
import { problemOf } from './problem-answers.ts';
import { problemDocument } from './problem-document.ts';
import type { Trail } from './tracing.ts';
import { validatorCompiler } from './validation.ts';

/** What each request of a batch goes through, as one that comes alone does. */
export interface Passage {
  readonly trail: Trail;
  readonly admit: Admit;
  readonly refuseLate: RefuseLate;
}

declare module 'fastify' {
  interface FastifyInstance {
    passage: Passage;
  }
}

export interface BatchRoute<Body extends TSchema> {
  /** Where batches are sent: `/payments/batch`. */
  readonly path: string;
  /** Where one alone is sent: `/payments`. Those of a batch are logged, measured and limited under its name. */
  readonly one: string;
  readonly body: Body;
  readonly access: Access;
  handle(body: Static<Body>): Promise<{ readonly status: number; readonly body: object }>;
}

const BODY_LIMIT_BYTES = 512 * 1024;
const config = { priority: 'unlimited', quiet: true } as const;

/** Has what {@link addBatchRoute} adds go through the same gates as single requests. */
export function acceptBatches(server: FastifyInstance, passage: Passage): void {
  server.decorate('passage', passage);
}

/**
 * A second way to `POST` what acts once by itself (an `Idempotency-Key` is not heeded here): many requests as the lines of
 * one, each answered by a line as soon as it can be, so that a slow one keeps no other waiting. For a service that is called
 * by a crowd of another's requests: a call of its own for each costs both more than the work does.
 */
export function addBatchRoute<Body extends TSchema>(server: HttpServer, route: BatchRoute<Body>): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      BATCH_MEDIA_TYPE,
      { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES },
      (_request, body, done) => done(null, body),
    );
    const answerOne = createAnswerer(route);
    scope.post(
      route.path,
      { schema: { hide: true }, config: { ...config, access: route.access } },
      (request, reply) => answerBatch(request, reply, answerOne),
    );
  });
}

type AnswerOne = (
  request: FastifyRequest,
  text: string,
  cameAt: number,
) => Promise<Omit<BatchedAnswer, 'line'>>;

function answerBatch(request: FastifyRequest, reply: FastifyReply, answerOne: AnswerOne): FastifyReply {
  const lines = String(request.body ?? '')
    .trimEnd()
    .split('\n');
  if (lines[0] === '') throw new Problem('body-malformed');
  if (lines.length > MOST_IN_BATCH) throw new Problem('body-too-large');
  const { stream, add } = answersOf(lines.length);
  const cameAt = performance.now() - reply.elapsedTime;
  for (const [line, text] of lines.entries())
    void answerOne(request, text, cameAt).then((answer) => add({ line, ...answer }));
  return reply.type(BATCH_MEDIA_TYPE).send(stream);
}

/** What is answered in one turn of the event loop leaves together. */
function answersOf(count: number): { stream: Readable; add(answer: BatchedAnswer): void } {
  const stream = new Readable({ read: () => undefined });
  let left = count;
  let ready = '';
  const flush = () => {
    if (stream.destroyed) return;
    stream.push(ready);
    ready = '';
    if (left === 0) stream.push(null);
  };
  const add = (answer: BatchedAnswer) => {
    if (ready === '') setImmediate(flush);
    ready += `${JSON.stringify(answer)}\n`;
    left -= 1;
  };
  return { stream, add };
}

function createAnswerer<Body extends TSchema>({ one, body, handle }: BatchRoute<Body>): AnswerOne {
  const traced = { method: 'POST', url: one, route: one };
  const priority = priorityOf(one);
  const read = lineReader(body);
  return async (request, text, cameAt) => {
    const { trail, admit, refuseLate } = request.server.passage;
    const line = parse(text);
    const begun = trail.begin(traced, (name) => line?.headers?.[name], cameAt);
    const { trace } = begun;
    const language = preferredLanguage(request.headers['accept-language']);
    const place = admit('service', priority);
    const answered = async () => {
      const refusal = place instanceof Problem ? place : refuseLate(trace);
      if (refusal) throw refusal;
      return handle(read(line, language));
    };
    const failed = (error: unknown) => {
      const { method, url } = traced;
      return refused(problemOf(error, { method, url, trace, log: request.log }, language), language, {
        path: one,
        correlationId: trace.correlationId,
      });
    };
    const answer = await withContext(trace, () => answered().catch(failed));
    if (answer.status < 300) failpoint('http-before-reply');
    const isShed = place instanceof Problem;
    if (!isShed) place.release(answer.status < 500);
    trail.end(traced, begun, { status: answer.status, ms: performance.now() - cameAt, isShed });
    return { headers: {}, ...answer };
  };
}

const envelope = validatorCompiler({ schema: BatchedRequest } as never);

/** Undefined for what is no request. */
function parse(text: string): BatchedRequest | undefined {
  try {
    const { value } = envelope(JSON.parse(text)) as { value?: BatchedRequest };
    return value;
  } catch {
    return undefined;
  }
}

function lineReader<Body extends TSchema>(schema: Body) {
  const validate = validatorCompiler({ schema } as never);
  return (line: BatchedRequest | undefined, language: Language): Static<Body> => {
    if (!line) throw new Problem('body-malformed');
    const { value, error } = validate(line.body) as {
      value: Static<Body>;
      error?: TLocalizedValidationError[];
    };
    if (error) throw new Problem('request-invalid', { reason: describeFaults(error, 'body', language) });
    return value;
  };
}

function refused(
  problem: Problem,
  language: Language,
  request: Parameters<typeof problemDocument>[2],
): Omit<BatchedAnswer, 'line'> {
  const { retryAfterSeconds, status } = problem;
  return {
    status,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    body: problemDocument(problem, language, request),
  };
}

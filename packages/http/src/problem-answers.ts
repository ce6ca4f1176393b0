import { Problem, type ProblemCode, problems } from '@phone82/contracts';
import { isCertainlyUndone, isInfrastructureError } from '@phone82/persistence';
import { hadEffect, incomingContext, type TraceContext, withContext } from '@phone82/telemetry';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TLocalizedValidationError } from 'typebox/error';
import { describeFaults } from './faults.ts';
import { type Language, preferredLanguage } from './language.ts';
import { loggedUrl } from './logged-url.ts';
import { problemDocument } from './problem-document.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The problem that is its answer, once there is one. */
    refusedWith: ProblemCode | undefined;
  }
}

/** Every error leaves as a problem with a stable code; what nobody foresaw is logged and told to no one. */
export function answerProblems(server: FastifyInstance): void {
  server.decorateRequest('refusedWith', undefined);
  server.setErrorHandler<FastifyError>((error, request, reply) => {
    const language = preferredLanguage(request.headers['accept-language']);
    const { method, trace, log } = request;
    const problem = problemOf(error, { method, url: loggedUrl(request), trace, log }, language);
    return sendProblem(request, reply, problem, language);
  });
}

/** What an error is to whoever asked; what nobody foresaw is logged and told to no one. */
export function problemOf(
  error: unknown,
  { method, url, trace, log }: Pick<FastifyRequest, 'method' | 'url' | 'trace' | 'log'>,
  language: Language,
): Problem {
  if (error instanceof Problem) return error;
  const problem = foreseen(error as FastifyError, language) ?? outage(error, method, trace);
  if ((problem?.status ?? 500) >= 500)
    withContext(trace, () => log.error({ err: error, method, url }, 'unexpected error'));
  return problem ?? new Problem('internal-error');
}

/** A request that could not even be routed has met no hook, so it has no ids yet. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  request.trace = incomingContext({});
  const code = byFrameworkCode[error.code];
  sendProblem(
    request,
    reply,
    code ? new Problem(code) : new Problem('request-invalid', { reason: error.message }),
  );
}

function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
  language = preferredLanguage(request.headers['accept-language']),
): FastifyReply {
  request.refusedWith = problem.code;
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  const path = request.url.split('?', 1)[0] ?? '';
  const { correlationId } = request.trace;
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('content-language', language)
    .header('vary', 'accept-language')
    .serializer(JSON.stringify)
    .send(problemDocument(problem, language, { path, correlationId }));
}

const byFrameworkCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unsupported',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'body-malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'body-malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'body-malformed',
  FST_ERR_NOT_FOUND: 'not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

function foreseen(error: FastifyError, language: Language): Problem | undefined {
  if (error.validation) return refusal(error, language);
  const code = byFrameworkCode[error.code];
  if (code) return new Problem(code);
  const { statusCode } = error;
  if (statusCode === 429) return new Problem('too-many-requests');
  if (statusCode === undefined || statusCode < 400 || statusCode > 499) return undefined;
  const sameStatus = Object.entries(problems).find(([, { status }]) => status === statusCode);
  return statusCode === 400 || !sameStatus
    ? new Problem('request-invalid', { reason: error.message })
    : new Problem(sameStatus[0] as ProblemCode);
}

/**
 * Without its database a service does nothing. Whether nothing was done is certain where the request only reads, or where the database
 * refused the first thing that it was to change.
 */
function outage(error: unknown, method: string, trace: TraceContext): Problem | undefined {
  if (!isInfrastructureError(error)) return undefined;
  const onlyReads = method === 'GET' || method === 'HEAD';
  const isUndone = onlyReads || (isCertainlyUndone(error) && !hadEffect(trace));
  return new Problem(isUndone ? 'service-unavailable' : 'outcome-unknown', {}, 1);
}

/** A path that cannot name a record names nothing: 404, as for a record that is not there. */
function refusal(error: FastifyError, language: Language): Problem {
  if (error.validationContext === 'params') return new Problem('not-found');
  const part = error.validationContext === 'querystring' ? 'querystring' : 'body';
  const faults = error.validation as unknown as TLocalizedValidationError[];
  return new Problem('request-invalid', { reason: describeFaults(faults, part, language) });
}

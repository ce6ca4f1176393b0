import type { ProblemCode } from '@phone82/contracts';
import type { FastifySchema } from 'fastify';
import { problemResponses } from './responses.ts';

/** Adds to an operation's answers the refusals that follow from what it takes. */
export function withCommonProblems(schema: FastifySchema): FastifySchema {
  const codes: ProblemCode[] = [];
  if (schema.params) codes.push('not-found');
  if (schema.querystring ?? schema.body) codes.push('request-invalid');
  if (schema.body) codes.push('body-malformed', 'body-too-large', 'media-type-unsupported');
  codes.push('too-many-requests', 'internal-error', 'service-unavailable');
  return { ...schema, response: { ...problemResponses(...codes), ...(schema.response as object) } };
}

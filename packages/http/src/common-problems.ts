import type { ProblemCode } from '@phone82/contracts';
import type { FastifyContextConfig, FastifySchema } from 'fastify';
import Type from 'typebox';
import { problemResponses } from './responses.ts';

const IdempotencyKey = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]{1,255}$',
      description:
        'Of the client: a request that is sent again under its key acts once and gets the same answer',
    }),
  ),
});

/** Adds to an operation's description the refusals that follow from what it takes, and the key of one that acts once. */
export function withCommonProblems(
  schema: FastifySchema,
  { actsOnce = false, access = 'public' }: FastifyContextConfig = {},
): FastifySchema {
  const codes: ProblemCode[] = typeof access === 'string' ? [] : ['not-signed-in', 'forbidden'];
  if (schema.params) codes.push('not-found');
  if (schema.querystring ?? schema.body) codes.push('request-invalid');
  if (schema.body) codes.push('body-malformed', 'body-too-large', 'media-type-unsupported');
  if (actsOnce) codes.push('idempotency-key-invalid', 'idempotency-key-reused', 'idempotency-in-flight');
  codes.push('too-many-requests', 'internal-error', 'service-unavailable');
  return {
    ...schema,
    ...(actsOnce && { headers: IdempotencyKey }),
    response: { ...problemResponses(...codes), ...(schema.response as object) },
  };
}

import { type HttpServer, Problem, problemResponses, unlimited } from '@phone82/http';
import type { DeadLetters, RetryOutcome } from '@phone82/messaging';
import type { DeadLetter } from '@phone82/persistence';
import Type from 'typebox';

const Letter = Type.Object(
  {
    messageId: Type.String(),
    orderId: Type.Union([Type.Integer(), Type.Null()]),
    eventType: Type.String(),
    reason: Type.String(),
    state: Type.Enum(['dead', 'parked'], { description: 'parked: it waits behind a dead one of its order' }),
    record: Type.String({ description: 'The record as it came, as JSON' }),
  },
  { title: 'DeadLetter' },
);
const Letters = Type.Object(
  { items: Type.Array(Letter), totalElements: Type.Integer() },
  { title: 'DeadLetters' },
);
const Outcome = Type.Object(
  {
    outcome: Type.Enum(['handled', 'stuck'], {
      description: 'stuck: it, or one that waits behind it, cannot be handled; its reason says why',
    }),
  },
  { title: 'DeadLetterOutcome' },
);
const config = { ...unlimited, access: { roles: ['operator'] } } as const;
const letterParams = Type.Object({ messageId: Type.String({ minLength: 1, maxLength: 255 }) });
const PageQuery = Type.Object(
  {
    page: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  { additionalProperties: false },
);

const json = (schema: Type.TSchema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
});
const about = (operationId: string, summary: string) => ({ operationId, summary, tags: ['operation'] });

/** `/dead-letters`: what an operator does with messages that could not be handled. */
export const deadLetterRoutes = (letters: DeadLetters) => (server: HttpServer) => {
  const listing = {
    ...about('listDeadLetters', 'Messages that could not be handled, the oldest first'),
    querystring: PageQuery,
    response: json(Letters, 'A page of them.'),
  };
  server.get('/dead-letters', { schema: listing, config }, async (request) => {
    const { page = 0, size = 20 } = request.query;
    const { items, totalElements } = await letters.list({ page, size });
    return { items: [...items], totalElements };
  });

  const showing = {
    ...about('showDeadLetter', 'One of them'),
    params: letterParams,
    response: { ...json(Letter, 'The message and its reason.'), ...problemResponses('not-found') },
  };
  server.get('/dead-letters/:messageId', { schema: showing, config }, async (request) =>
    existing(await letters.show(request.params.messageId)),
  );
  addCommands(server, letters);
};

function addCommands(server: HttpServer, letters: DeadLetters): void {
  const retrying = {
    ...about('retryDeadLetter', 'Handles it again, then those that wait behind it'),
    params: letterParams,
    response: { ...json(Outcome, 'What came of it.'), ...problemResponses('not-found') },
  };
  server.post('/dead-letters/:messageId/retry', { schema: retrying, config }, async (request) => ({
    outcome: outcomeOf(await letters.retry(request.params.messageId)),
  }));

  const discarding = {
    ...about('discardDeadLetter', 'Gives it up, and handles those that wait behind it'),
    params: letterParams,
    response: { ...json(Outcome, 'What came of those behind it.'), ...problemResponses('not-found') },
  };
  server.post('/dead-letters/:messageId/discard', { schema: discarding, config }, async (request) => ({
    outcome: outcomeOf(await letters.discard(request.params.messageId)),
  }));
}

function existing(letter: DeadLetter | undefined): DeadLetter {
  if (!letter) throw new Problem('not-found');
  return letter;
}

function outcomeOf(outcome: RetryOutcome): 'handled' | 'stuck' {
  if (outcome === 'gone') throw new Problem('not-found');
  return outcome;
}

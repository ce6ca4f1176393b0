import type { FastifyInstance } from 'fastify';
import Type, { type Static, type TObject } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Psp } from '../core/psp.ts';
import { SessionRequest } from '../core/session.ts';
import { MisbehaviourSettings } from '../misbehaviour/rules.ts';

const BalancesQuery = Type.Object(
  {
    orderIdPrefix: Type.Optional(Type.String({ maxLength: 64 })),
    startingAfter: Type.Optional(Type.String({ maxLength: 64 })),
    limit: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,4}$' })),
  },
  { additionalProperties: false },
);

/** What only a simulator has: misbehaviour on demand, the books per order, and the browser's part of a payment. */
export function simulatorRoutes(
  server: FastifyInstance,
  { misbehaviours, balances, openSession }: Psp,
): void {
  const settings = reader(MisbehaviourSettings);
  const session = reader(SessionRequest);
  const balancesQuery = reader(BalancesQuery);
  server.get('/simulator/misbehaviours', () => misbehaviours.settings());
  server.put('/simulator/misbehaviours', async ({ body }) => {
    misbehaviours.set(settings(body));
    return misbehaviours.settings();
  });
  server.delete('/simulator/misbehaviours', async () => {
    misbehaviours.clear();
    return misbehaviours.settings();
  });
  server.get('/simulator/balances', async ({ query }) => {
    const { limit, ...rest } = balancesQuery(query);
    return { balances: await balances({ ...rest, ...(limit && { limit: Number(limit) }) }) };
  });
  server.post('/simulator/sessions', async ({ body }, reply) =>
    reply.code(201).send(await openSession(session(body))),
  );
}

/** Reads what was sent; what does not fit, or is not known, is refused with what is wrong. */
function reader<Schema extends TObject>(schema: Schema): (value: unknown) => Static<Schema> {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return value as Static<Schema>;
    const faults = validator.Errors(value).map(({ instancePath, message }) => `${instancePath} ${message}`);
    throw Object.assign(new Error(faults.join('; ')), { statusCode: 400 });
  };
}

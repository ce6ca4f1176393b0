import { Problem } from '@phone82/contracts';
import type { Metrics } from '@phone82/telemetry';
import type { FastifyInstance } from 'fastify';

/** Carries how many milliseconds the caller still waits: a time span, which needs no common clock. */
export const DEADLINE_HEADER = 'x-envoy-expected-rq-timeout-ms';

/** A stranger may say anything; nobody waits longer than this. */
const LONGEST_MS = 60_000;

/** When the caller stops waiting, on the clock of `performance.now()`. Undefined if it did not say, or nothing sensible. */
export function deadlineFrom(header: string | undefined): number | undefined {
  if (header === undefined || !/^[1-9]\d{0,8}$/.test(header)) return undefined;
  return performance.now() + Math.min(Number(header), LONGEST_MS);
}

/** Nobody reads the answer to a request whose caller has stopped waiting: nothing is begun for it. */
export function refuseLateRequests(server: FastifyInstance, metrics: Metrics): void {
  const late = metrics.counter('requests_late_total', 'Requests whose caller had stopped waiting');
  server.addHook('preHandler', (request, _reply, done) => {
    const { deadlineAt } = request.trace;
    if (deadlineAt === undefined || performance.now() < deadlineAt) return done();
    late.inc();
    done(new Problem('deadline-passed', {}, 1));
  });
}

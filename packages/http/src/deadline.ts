import { Problem } from '@phone82/contracts';
import type { Metrics, TraceContext } from '@phone82/telemetry';
import type { FastifyInstance } from 'fastify';

/** Carries how many milliseconds the caller still waits: a time span, which needs no common clock. */
export const DEADLINE_HEADER = 'x-envoy-expected-rq-timeout-ms';

/** A stranger may say anything; nobody waits longer than this. */
const LONGEST_MS = 60_000;

/**
 * When the caller stops waiting, on the clock of `performance.now()`, by what it said at a time. Undefined if it did not
 * say, or nothing sensible.
 */
export function deadlineFrom(header: string | undefined, at: number): number | undefined {
  if (header === undefined || !/^[1-9]\d{0,8}$/.test(header)) return undefined;
  return at + Math.min(Number(header), LONGEST_MS);
}

/** Nobody reads the answer to a request whose caller has stopped waiting: nothing is begun for it. */
export function refuseLateRequests(server: FastifyInstance, metrics: Metrics): RefuseLate {
  const late = metrics.counter('requests_late_total', 'Requests whose caller had stopped waiting');
  const refuseLate: RefuseLate = ({ deadlineAt }) => {
    if (deadlineAt === undefined || performance.now() < deadlineAt) return undefined;
    late.inc();
    return new Problem('deadline-passed', {}, 1);
  };
  server.addHook('preHandler', (request, _reply, done) => done(refuseLate(request.trace)));
  return refuseLate;
}

/** Says why work is not begun whose caller has stopped waiting; undefined for work that is to be begun. */
export type RefuseLate = (work: Pick<TraceContext, 'deadlineAt'>) => Problem | undefined;

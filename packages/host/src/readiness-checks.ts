import type { ReadinessCheck } from '@phone82/http';
import type { Database } from '@phone82/persistence';
import type { ConsumerState } from './consumer-state.ts';
import type { LogReachability } from './log-reachability.ts';

/** A consumer that moves nothing for so long is reported. */
const STALLED_AFTER_MS = 30_000;

interface Sources {
  readonly database: Pick<Database, 'ping'>;
  readonly log: LogReachability;
  readonly consumers?: (() => readonly ConsumerState[]) | undefined;
}

/**
 * What `/readyz` of every service reports. Gates: the database, which every request needs, and a place in the consumer group,
 * without which this copy takes work whose events it never sees. Reported only: the log, because events wait in the outbox; a
 * stalled consumer, because the other copies would stall at the same record.
 */
export function readinessChecks({ database, log, consumers }: Sources): ReadinessCheck[] {
  return [
    { name: 'database', gates: true, check: () => database.ping() },
    { name: 'bus', gates: false, check: async () => failWith(await log()) },
    ...(consumers ? consumerChecks(consumers) : []),
  ];
}

function consumerChecks(consumers: () => readonly ConsumerState[]): ReadinessCheck[] {
  return [
    { name: 'consumerGroup', gates: true, check: async () => failWith(refusal(consumers())) },
    { name: 'consumer', gates: false, check: async () => failWith(stall(consumers())) },
  ];
}

function refusal(states: readonly ConsumerState[]): string | undefined {
  const refused = states.find((state) => state.refused !== undefined);
  return refused && `out of the consumer group ${refused.group}: ${refused.refused}`;
}

function stall(states: readonly ConsumerState[]): string | undefined {
  const stalled = states.find(({ stalledMs }) => stalledMs >= STALLED_AFTER_MS);
  if (!stalled) return undefined;
  const why = stalled.reason === undefined ? '' : `: ${stalled.reason}`;
  return `the consumer ${stalled.group} has made no progress for ${Math.floor(stalled.stalledMs / 1_000)} s${why}`;
}

function failWith(reason: string | undefined): void {
  if (reason !== undefined) throw new Error(reason);
}

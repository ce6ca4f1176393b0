import type { ReadinessCheck } from '@phone82/http';
import type { ConsumerProgress, Membership } from '@phone82/messaging';
import type { Database } from '@phone82/persistence';
import type { LogReachability } from './log-reachability.ts';

/** What a service's consumer tells of itself. */
export interface ConsumerView {
  /** Undefined as long as there is no consumer. */
  group(): string | undefined;
  membership(group: string): Membership | undefined;
  progress(): ConsumerProgress | undefined;
}

interface Sources {
  readonly database: Pick<Database, 'ping'>;
  readonly log: LogReachability;
  readonly consumer: ConsumerView;
}

/**
 * What `/readyz` of every service reports. Gates: the database, which every request needs, and the place in the consumer group,
 * without which this copy takes orders whose events it never sees. Reported only: the log, because events wait in the outbox; a
 * stalled consumer, because every copy would stall at the same record.
 */
export const readinessChecks = ({ database, log, consumer }: Sources): readonly ReadinessCheck[] => [
  { name: 'database', gates: true, check: () => database.ping() },
  { name: 'bus', gates: false, check: async () => failWith(await log()) },
  { name: 'consumerGroup', gates: true, check: async () => failWith(refusal(consumer)) },
  { name: 'consumer', gates: false, check: async () => failWith(stall(consumer)) },
];

function refusal({ group, membership }: ConsumerView): string | undefined {
  const name = group();
  if (name === undefined || membership(name) !== 'refused') return undefined;
  return `the log does not let this process into the consumer group ${name}: another implementation of the service may be in it`;
}

function stall({ group, progress }: ConsumerView): string | undefined {
  const { state, since = 0, partitions = [] } = progress() ?? { state: 'ok' };
  if (state === 'ok') return undefined;
  const which = partitions.length === 1 ? 'partition' : 'partitions';
  return `${which} ${partitions.join(', ')} of the group ${group()} made no progress since ${new Date(since).toISOString()}`;
}

function failWith(reason: string | undefined): void {
  if (reason !== undefined) throw new Error(reason);
}

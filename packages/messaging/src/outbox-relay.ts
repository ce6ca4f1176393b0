import { createOutbox, type Database, type Outbox, type OutboxTurn } from '@phone82/persistence';
import { type Environment, failpoint, type Job, type Log, startJob } from '@phone82/runtime';
import type { Tracer } from '@phone82/telemetry';
import type { EventBus } from './event-bus.ts';
import { Pace } from './pace.ts';
import { publishTraced } from './publish-traced.ts';

export interface RelayMetrics {
  /** Events reached the bus; the oldest of them waited so long. */
  published(count: number, oldestAgeMs: number): void;
}

export interface RelayOptions {
  readonly bus: Pick<EventBus, 'publish'>;
  readonly environment: Environment;
  readonly log: Log;
  readonly metrics?: RelayMetrics;
  /** Records a span of each event. Default: none are recorded. */
  readonly tracer?: Tracer | undefined;
  /** How often to look without a nudge. Default 250 ms. */
  readonly pollMs?: number;
}

const TURN_MS = 5_000;
const BATCH = 500;

/** Publishes the outbox of a service's database, see {@link startRelay}. Nudge it after commits. */
export function startOutboxRelay(options: RelayOptions & { readonly database: Database }): Job {
  return startRelay({ ...options, outbox: createOutbox(options.database) });
}

/**
 * Publishes what waits in an outbox, oldest first, one batch at a time. Of several processes one does it, for as
 * long as it keeps its turn; the others look again and again whether the turn is free.
 */
export function startRelay(options: RelayOptions & { readonly outbox: Outbox }): Job {
  const { outbox, bus, environment, log, metrics, tracer, pollMs = 250 } = options;
  const owner = environment.newId();
  const pace = new Pace(environment);
  let turn: OutboxTurn | undefined;
  let heldSince = 0;

  const holdTurn = async (): Promise<OutboxTurn | undefined> => {
    const now = environment.now();
    if (turn && now - heldSince < TURN_MS / 3) return turn;
    if (turn && !(await turn.renew())) turn = undefined;
    turn ??= await outbox.takeTurn(owner, TURN_MS);
    heldSince = now;
    return turn;
  };

  const run = async (): Promise<'more' | 'done'> => {
    await pace.next();
    const held = await holdTurn();
    const events = (await held?.next(BATCH)) ?? [];
    pace.found(events.length);
    if (!held || events.length === 0) return 'done';
    failpoint('relay-before-publish');
    await publishTraced(
      bus,
      events.map(({ record }) => record),
      tracer,
    );
    failpoint('relay-after-publish');
    if (!(await held.remove(events))) {
      turn = undefined;
      log.warn({ events: events.length }, 'another process relays now; these events may be published twice');
      return 'done';
    }
    metrics?.published(events.length, environment.now() - (events[0]?.createdAt ?? 0));
    return events.length === BATCH ? 'more' : 'done';
  };

  const job = startJob({ name: 'outbox relay', everyMs: pollMs, run }, environment, log);
  return {
    ...job,
    stop: async () => {
      await job.stop();
      await turn?.release().catch(() => undefined);
    },
  };
}

import { setTimeout as delay } from 'node:timers/promises';
import { connect } from './postgres.ts';

/** What crosses the bus. `data` is the flat JSON of the wire. */
export interface Event {
  readonly type: string;
  readonly id: number;
  readonly data: string;
}

export interface LoggedEvent extends Event {
  readonly position: number;
}

/** The row of the head stays locked until the commit, so that a reader never sees a later position before an earlier one. */
const PUBLISH = `
  with head as (update log_head set next = next + cardinality($1::text[]) returning next - cardinality($1::text[]) as first)
  insert into log (position, type, id, data)
  select first + place, type, event.id, data
  from head, unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as event (type, id, data, place)`;

const READ = 'select position, type, id, data from log where position > $1 order by position limit 1000';

const LINGER_MS = 10;
const LONGEST_PAUSE_MS = 40;

/** Appends events to the log, all in one commit. */
export async function publisher(): Promise<(events: readonly Event[]) => Promise<void>> {
  const publish = (await connect(process.env.LOG_URL))(PUBLISH);
  return async (events) => {
    if (events.length === 0) return;
    await publish(
      events.map(({ type }) => type),
      events.map(({ id }) => id),
      events.map(({ data }) => data),
    );
  };
}

/** Hands over what was logged after a position, batch by batch, for ever. */
export async function follow(
  position: number,
  handle: (events: readonly LoggedEvent[], position: number) => Promise<void>,
): Promise<void> {
  const read = (await connect(process.env.LOG_URL))(READ);
  let pause = LINGER_MS;
  for (let next = position; ; ) {
    const events: LoggedEvent[] = await read(next);
    const last = events.at(-1);
    if (last) {
      next = last.position;
      await handle(events, next);
    }
    pause = last ? LINGER_MS : Math.min(2 * pause, LONGEST_PAUSE_MS);
    await delay(pause);
  }
}

import type { Environment, Log } from '@phone82/runtime';
import pg from 'pg';
import { backoffMs } from './backoff.ts';
import type { BusSignal, Hint } from './log-server.ts';

const RETRY = { firstMs: 100, maxMs: 2_000 };
const CHANNEL: Readonly<Record<Hint, string>> = { records: 'bus_records', members: 'bus_members' };

/** LISTEN and NOTIFY on a connection of its own, which is made again for as long as it takes. */
export function openSignal(options: { url: string; environment: Environment; log: Log }): BusSignal {
  const { url, environment, log } = options;
  const listeners = new Set<(hint: Hint) => void>();
  const closing = new AbortController();
  let current: pg.Client | undefined;

  const tell = (hint: Hint) => {
    for (const listener of listeners) listener(hint);
  };

  const keepConnected = async () => {
    for (let failures = 0; !closing.signal.aborted; ) {
      try {
        await untilDisconnected(url, closing.signal, tell, (client) => {
          current = client;
          failures = 0;
        });
      } catch (error) {
        if (failures++ === 0 && !closing.signal.aborted)
          log.warn({ err: error }, 'no hints from the bus for now');
      }
      current = undefined;
      if (!closing.signal.aborted)
        await environment.sleep(backoffMs(RETRY, failures || 1, environment), closing.signal);
    }
  };
  const connected = keepConnected();

  return {
    send: coalesced((hint) => current?.query(`notify ${CHANNEL[hint]}`)),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await current?.end().catch(() => undefined);
      await connected;
    },
  };
}

/** Resolves when the connection is lost, rejects when there is none. */
async function untilDisconnected(
  url: string,
  signal: AbortSignal,
  tell: (hint: Hint) => void,
  connected: (client: pg.Client) => void,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'phone82 bus hints',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    // A hint need not survive a crash: its commit waits for no disk.
    options: '-c synchronous_commit=off',
  });
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
  client.on('error', () => undefined);
  client.on('notification', ({ channel }) => tell(channel === CHANNEL.members ? 'members' : 'records'));
  await client.connect();
  if (signal.aborted) return client.end();
  await client.query(`listen ${CHANNEL.records}; listen ${CHANNEL.members}`);
  connected(client);
  tell('members');
  tell('records');
  await lost;
}

/** While a hint is on its way, more of the same become one. */
function coalesced(send: (hint: Hint) => Promise<unknown> | undefined): (hint: Hint) => void {
  const underWay = new Set<Hint>();
  const again = new Set<Hint>();
  const start = (hint: Hint): void => {
    if (underWay.has(hint)) return void again.add(hint);
    underWay.add(hint);
    void Promise.resolve(send(hint))
      .catch(() => undefined)
      .then(() => {
        underWay.delete(hint);
        if (again.delete(hint)) start(hint);
      });
  };
  return start;
}

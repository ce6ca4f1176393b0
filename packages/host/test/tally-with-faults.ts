import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe } from 'node:test';
import type { WireRecord } from '@phone82/contracts';
import {
  jumpingEnvironment,
  startTestPostgres,
  startTestService,
  type TestPostgres,
  type TestService,
  tallyMigrations,
  temporaryFolder,
} from '@phone82/testkit';
import { tallyService } from './fixtures/tally-definition.ts';

/** The tally service, whose handler fails for some prices. */
export interface TallyWithFaults {
  service: TestService;
  /** Prices whose handler fails, and how often it still will. */
  readonly failures: Map<number, number>;
  /** The prices that the handler was given, each time that it was. */
  readonly tries: number[];
  send(...records: readonly WireRecord[]): Promise<void>;
  /** What was added up of an order, in order. */
  entries(orderId: number): Promise<readonly number[]>;
  /** `message state` of each letter, the oldest first. */
  letters(): Promise<readonly string[]>;
}

/** Runs cases on a service with PostgreSQL and with SQLite, each time a new one. */
export function eachTallyService(title: string, cases: (the: TallyWithFaults) => void): void {
  describe(`${title} (postgres)`, () => {
    let postgres: TestPostgres;
    before(async () => {
      postgres = await startTestPostgres();
    });
    after(() => postgres.stop());
    withService(() => postgres.freshDatabase(), cases);
  });
  describe(`${title} (sqlite)`, () => {
    let folder: Awaited<ReturnType<typeof temporaryFolder>>;
    let files = 0;
    before(async () => {
      folder = await temporaryFolder();
    });
    after(() => folder.remove());
    withService(async () => `sqlite://${join(folder.path, `${++files}.db`)}`, cases);
  });
}

function withService(freshUrl: () => Promise<string>, cases: (the: TallyWithFaults) => void): void {
  const the: TallyWithFaults = {
    service: undefined as never,
    failures: new Map(),
    tries: [],
    send: async (...records) => {
      await the.service.publishRecords(...records);
      await the.service.settled();
    },
    entries: async (orderId) => (await the.service.get(`/tallies/${orderId}`)).body.entries ?? [],
    letters: async () => {
      const { items } = (await the.service.get('/dead-letters?size=100')).body;
      return items.map(({ messageId, state }: Record<string, string>) => `${messageId} ${state}`);
    },
  };
  beforeEach(async () => {
    the.failures.clear();
    the.tries.length = 0;
    const definition = tallyService(tallyMigrations, async (event) => {
      const price = event.price ?? 0;
      the.tries.push(price);
      const left = the.failures.get(price) ?? 0;
      the.failures.set(price, left - 1);
      if (left > 0) throw new TypeError(`cannot add ${price}`);
    });
    the.service = await startTestService(definition, {
      databaseUrl: await freshUrl(),
      environment: jumpingEnvironment(),
    });
  });
  afterEach(() => the.service.stop());
  cases(the);
}

/** A `PayCompleted` of an order; the message's id tells order and price. */
export const paid = (orderId: number, price: unknown): WireRecord => ({
  key: String(orderId),
  value: JSON.stringify({ eventType: 'PayCompleted', orderId, price }),
  headers: { ce_id: `m-${orderId}-${price}`, ce_type: 'PayCompleted' },
});

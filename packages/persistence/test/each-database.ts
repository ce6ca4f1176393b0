import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe } from 'node:test';
import type { ProgramName } from '@phone82/local-server';
import { describeWith, startTestMariadb, startTestPostgres } from '@phone82/testkit';
import { type Database, openDatabase } from '../src/index.ts';

/** A database for a test, and the same one as another process would open it. */
export interface Opened {
  readonly database: Database;
  openAgain(): Database;
}

interface TestServer {
  freshDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** The servers that the suites run on, besides SQLite's files, and the programs that npm cannot bring. */
const servers: Readonly<
  Record<string, { readonly programs: readonly ProgramName[]; start(): Promise<TestServer> }>
> = {
  postgres: { programs: [], start: startTestPostgres },
  mariadb: { programs: ['mariadb'], start: startTestMariadb },
};

/** Runs cases on PostgreSQL, MariaDB and SQLite, each time on an empty database. */
export function eachDatabase(title: string, cases: (the: () => Opened) => void): void {
  for (const [name, { programs, start }] of Object.entries(servers)) {
    describeWith(programs, `${title} (${name})`, () => {
      let server: TestServer;
      before(async () => {
        server = await start();
      });
      after(() => server.stop());
      withDatabase(() => server.freshDatabase(), cases);
    });
  }
  describe(`${title} (sqlite)`, () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'phone82-sqlite-'));
    });
    after(() => rm(folder, { recursive: true }));
    let files = 0;
    withDatabase(async () => `sqlite://${join(folder, `${++files}.db`)}`, cases);
  });
}

function withDatabase(freshUrl: () => Promise<string>, cases: (the: () => Opened) => void) {
  let opened: Opened;
  const open: Database[] = [];
  beforeEach(async () => {
    const url = await freshUrl();
    const openAgain = () => {
      const database = openDatabase(url, { poolSize: 4 });
      open.push(database);
      return database;
    };
    opened = { database: openAgain(), openAgain };
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((database) => database.close()));
  });
  cases(() => opened);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before } from 'node:test';
import { type ServiceName, services } from '@phone82/service-list';
import {
  claimOffset,
  type Ended,
  endOf,
  type HttpClient,
  httpClient,
  temporaryFolder,
} from '@phone82/testkit';

const LAUNCHER = path.resolve(import.meta.dirname, '..', 'phone82');
const PORTS = Object.values(services).map(({ port }) => port);
/** MariaDB, Kafka, PostgreSQL, the PSP simulator and the issuer. */
const SERVERS = [8078, 8079, 8082, 8087, 8088];

export type { ServiceName };

/** A whole system on real processes, with a data folder and ports of its own. */
export interface SystemUnderTest {
  readonly offset: number;
  /** What every program that talks to the system is given. */
  readonly environment: NodeJS.ProcessEnv;
  /** `./phone82 WORDS`, to its end. */
  run(...words: string[]): Promise<Ended>;
  /** `./phone82 WORDS`, under way. */
  spawn(...words: string[]): ChildProcess;
  /** A service's address, as a client types it. */
  url(service: ServiceName): string;
  http(service: ServiceName): HttpClient;
  /** Stops everything and removes the data. */
  dispose(): Promise<void>;
}

/** A system that is not started yet. */
export async function newSystem(): Promise<SystemUnderTest> {
  const folder = await temporaryFolder();
  const offset = await claimOffset([...PORTS, ...SERVERS]);
  const home = path.join(folder.path, 'home');
  await mkdir(home);
  const { NODE_TEST_CONTEXT, ...inherited } = process.env;
  const environment = {
    ...inherited,
    HOME: home,
    PHONE82_HOME: path.join(folder.path, 'data'),
    PHONE82_PORT_OFFSET: String(offset),
  };
  const start = (...words: string[]) =>
    spawn(LAUNCHER, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const run = (...words: string[]) => endOf(start(...words));
  return {
    offset,
    environment,
    run,
    spawn: start,
    url: (service) => `http://localhost:${services[service].port + offset}`,
    http: (service) => httpClient(`http://127.0.0.1:${services[service].port + offset}`),
    dispose: async () => {
      await run('down');
      await folder.remove();
    },
  };
}

/** A system that is up for all tests of a file. */
export function runningSystem(): SystemUnderTest {
  const the = {} as SystemUnderTest;
  before(async () => {
    Object.assign(the, await newSystem());
    succeeded(await the.run('up', '--detach'));
  });
  after(() => the.dispose?.());
  return the;
}

/** What a command printed; it has to have ended well. */
export function succeeded({ code, stdout, stderr }: Ended): string {
  if (code !== 0) throw new Error(`ended with ${code}:\n${stdout}\n${stderr}`);
  return stdout;
}

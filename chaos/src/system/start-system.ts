import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { newSystem, succeeded } from '../../../e2e/system-under-test.ts';
import { controlClient } from '../../../platform/src/control/client.ts';
import { connect } from '../../../platform/src/story/api.ts';
import { portOf, postgresPort, type System, serviceNamed, systemFrom } from '../../../platform/src/system.ts';
import { LINKS_KEY, type LinkName, type Links, portsOf, startLinks } from './links.ts';
import { Units } from './units.ts';

const TOPOLOGY = path.join(import.meta.dirname, 'topology.ts');
const PATIENCE_MS = 10_000;

/** A whole system on real processes, to be ill-treated. */
export interface SystemUnderChaos {
  readonly units: Units;
  readonly links: Links;
  /** The folder in which a file of a failpoint's name arms it. */
  readonly failpoints: string;
  readonly api: ReturnType<typeof connect>;
  /** `./phone82 WORDS`: its output. @throws Error where it ends badly. */
  run(...words: string[]): Promise<string>;
  /** Stops everything and removes the data, once. */
  dispose(): Promise<void>;
}

/** Brings up a system of its own, with a proxy in each of these links; `options` are those of `up`. */
export async function startSystem(
  linked: readonly LinkName[],
  options: readonly string[] = [],
): Promise<SystemUnderChaos> {
  const plain = await newSystem();
  const { environment } = plain;
  const failpoints = path.join(path.dirname(environment.PHONE82_HOME ?? ''), 'failpoints');
  await mkdir(failpoints);
  const system = await systemFrom(environment);
  const links = await startLinks(linked, (unit) => portOfUnit(system, unit));
  Object.assign(environment, {
    PHONE82_TOPOLOGY: TOPOLOGY,
    PHONE82_FAILPOINTS: failpoints,
    [LINKS_KEY]: JSON.stringify(portsOf(links)),
  });
  const api = connect(system, { patienceMs: PATIENCE_MS, connections: 512 });
  const run = async (...words: string[]) => succeeded(await plain.run(...words));
  const dispose = once(async () => {
    await plain.dispose();
    await Promise.all([...links.values()].map((link) => link.close()));
    await api.close();
  });
  await run('up', '--detach', ...options).catch(async (error) => {
    await dispose();
    throw error;
  });
  return { units: new Units(controlClient(system)), links, failpoints, api, run, dispose };
}

/** The work is done on the first call; later calls wait for the same end. */
function once(work: () => Promise<void>): () => Promise<void> {
  let ending: Promise<void> | undefined;
  return () => {
    ending ??= work();
    return ending;
  };
}

const portOfUnit = (system: System, unit: string) =>
  unit === 'postgres' ? postgresPort(system) : portOf(system, serviceNamed(system, unit));

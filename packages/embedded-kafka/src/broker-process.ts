import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { accepts, type ServerProcess, spawnGuarded } from '@phone82/local-server';

const LOGGING = path.join(import.meta.dirname, '..', 'log4j2.properties');

export interface BrokerOptions {
  readonly programs: string;
  /** The properties file. */
  readonly settings: string;
  readonly logFile: string;
}

/** The command line of one of Kafka's own programs. */
export const javaWords = (programs: string, main: string, ...args: string[]): string[] => [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  `-Dlog4j2.configurationFile=${LOGGING}`,
  '-cp',
  path.join(programs, '*'),
  main,
  ...args,
];

/** Starts the broker; it need not listen yet. */
export function spawnBroker({ programs, settings, logFile }: BrokerOptions): ServerProcess {
  return spawnGuarded({
    // On a laptop the optimising compiler is busier than what it compiles: without it the broker took half as much for an order.
    words: ['java', '-XX:TieredStopAtLevel=1', ...javaWords(programs, 'kafka.Kafka', settings)],
    cwd: path.dirname(settings),
    logFile,
    stopSignal: 'SIGTERM',
  });
}

/** Resolves to true once the broker takes connections, to false when it is gone before. */
export async function untilListening(broker: ServerProcess, port: number): Promise<boolean> {
  let isGone = false;
  void broker.exited.then(() => {
    isGone = true;
  });
  while (!isGone) {
    if (await accepts(port)) return true;
    await delay(25);
  }
  return false;
}

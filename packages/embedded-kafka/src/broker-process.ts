import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Becomes the broker, after leaving behind a watcher that asks it to stop when the pipe on descriptor 3 ends
 * without a word: then whoever started it is dead.
 */
const GUARDED = '( ( trap "" INT TERM HUP; read -r word <&3 || kill -TERM $$ ) & ) ; exec "$@" 3<&-';
const LOGGING = path.join(import.meta.dirname, '..', 'log4j2.properties');

export interface BrokerProcess {
  readonly pid: number;
  /** Resolves when the broker is gone, with the reason. */
  readonly exited: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface BrokerOptions {
  readonly programs: string;
  /** The properties file. */
  readonly settings: string;
  readonly durable: boolean;
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
export function spawnBroker({ programs, settings, durable, logFile }: BrokerOptions): BrokerProcess {
  const log = openSync(logFile, 'a', 0o644);
  // What lives for a minute is better off without the optimising compiler.
  const quick = durable ? [] : ['-XX:TieredStopAtLevel=1'];
  const words = ['java', ...quick, ...javaWords(programs, 'kafka.Kafka', settings)];
  const child = spawn('sh', ['-c', GUARDED, 'sh', ...words], {
    cwd: path.dirname(settings),
    env: { ...process.env, TZ: 'UTC' },
    // A session of its own: Ctrl-C at the terminal must reach the caller only, who stops the broker last.
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  return watched(child);
}

function watched(child: ChildProcess): BrokerProcess {
  const pipe = child.stdio[3] as NodeJS.WritableStream | null;
  pipe?.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      pipe?.end('gone\n');
      resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
    });
  });
  return { pid: child.pid ?? -1, exited, kill: (signal) => void child.kill(signal) };
}

/** Resolves to true once the broker takes connections, to false when it is gone before. */
export async function untilListening(broker: BrokerProcess, port: number): Promise<boolean> {
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

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

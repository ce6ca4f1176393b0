import path from 'node:path';
import { freePort, type ServerProcess, stopServer } from '@phone82/local-server';
import { spawnBroker, untilListening } from './broker-process.ts';
import { brokerPrograms } from './broker-programs.ts';
import { DURABLE_TOPIC, type SideDoor } from './broker-settings.ts';
import { EmbeddedKafkaError } from './errors.ts';
import { requireJava } from './java.ts';
import type { SecureDoors } from './secure-doors.ts';
import { lastComplaint, prepareStorage } from './storage.ts';

export interface EmbeddedKafkaOptions {
  /** Where the log lives; created if it is not there. One broker per folder. */
  readonly dataDir: string;
  /** Where Kafka's programs are kept once Maven brought them; systems can share it. */
  readonly cacheDir: string;
  /** On 127.0.0.1. Default 0: a free one. */
  readonly port?: number;
  readonly sideDoor?: SideDoor;
  readonly secureDoors?: SecureDoors | undefined;
  /** Told about steps that take a while. */
  readonly log?: (message: string) => void;
  /** What the broker prints. Default `kafka.log` in the data folder. */
  readonly logFile?: string;
}

export interface EmbeddedKafka {
  readonly port: number;
  /** As a client wants it: `host:port`. */
  readonly brokers: string;
  /** What a topic is to be made with, as `name=value`, so that its records survive a crash of the machine. */
  readonly topicSettings: string;
  /** The broker's process id. */
  readonly pid: number;
  /** Resolves when the broker is gone, whether stopped or crashed, with the reason. */
  readonly exited: Promise<string>;
  /** Ends the broker cleanly; resolves when it is gone. Can be called twice. */
  stop(): Promise<void>;
  /** Kills it, as a crash would. */
  kill(): Promise<void>;
}

const STOP_PATIENCE_MS = 15_000;

/**
 * Starts a Kafka broker (KRaft, its own controller) of one's own on 127.0.0.1, which ends with the calling process at
 * the latest. Resolves when it listens. @throws EmbeddedKafkaError whose message says what to do.
 */
export async function startEmbeddedKafka(options: EmbeddedKafkaOptions): Promise<EmbeddedKafka> {
  const { cacheDir, sideDoor, secureDoors, log = () => undefined } = options;
  const dataDir = path.resolve(options.dataDir);
  await requireJava();
  const programs = await brokerPrograms(path.resolve(cacheDir), log);
  const port = options.port || (await freePort());
  const controllerPort = await freePort();
  const settings = await prepareStorage(programs, dataDir, {
    port,
    controllerPort,
    sideDoor,
    secureDoors,
  });
  const logFile = options.logFile ?? path.join(dataDir, 'kafka.log');
  const broker = spawnBroker({ programs, settings, logFile });
  if (!(await untilListening(broker, port))) throw await startFault(logFile, port);
  return running(broker, port);
}

function running(broker: ServerProcess, port: number): EmbeddedKafka {
  return {
    port,
    brokers: `127.0.0.1:${port}`,
    topicSettings: DURABLE_TOPIC,
    pid: broker.pid,
    exited: broker.exited,
    stop: () => stopServer(broker, { ask: 'SIGTERM', insist: 'SIGKILL', patienceMs: STOP_PATIENCE_MS }),
    kill: async () => {
      broker.kill('SIGKILL');
      await broker.exited;
    },
  };
}

async function startFault(logFile: string, port: number): Promise<EmbeddedKafkaError> {
  const reason = await lastComplaint(logFile);
  if (/already in use|BindException|failed to bind/i.test(reason)) {
    const message = `Port ${port} is taken by another program: stop that program or choose another port.`;
    return new EmbeddedKafkaError('portTaken', message, { cause: reason });
  }
  return new EmbeddedKafkaError('startFailed', `Kafka could not start: ${reason} (${logFile}).`);
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EmbeddedKafka } from '@phone82/embedded-kafka';
import { freePort } from '@phone82/local-server';
import { type CuttableProxy, startCuttableProxy } from './cuttable-proxy.ts';
import { askRunner, sharesServers } from './shared-servers.ts';

/** A real Kafka broker for tests, in a folder of its own that goes with it. */
export interface TestKafka {
  readonly brokers: string;
  /** The same broker through a proxy that can be cut; who comes by it keeps to it. */
  readonly cuttable: { readonly brokers: string; readonly proxy: CuttableProxy };
  /** Kills the broker; {@link restart} brings it back with its log, at the same port. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Where Kafka's programs are kept. */
export const CACHE = resolve(import.meta.dirname, '..', '..', '..', '.phone82', 'cache');

/** A broker that the test neither kills nor cuts off: the runner's, which all files share, or one of its own. */
export async function startSharedKafka(): Promise<Pick<TestKafka, 'brokers' | 'stop'>> {
  if (!sharesServers()) return startTestKafka();
  return { ...(await askRunner<{ brokers: string }>('/kafka')), stop: async () => undefined };
}

/** Starts it; it fails where Java or Maven is missing, and says what to install. */
export async function startTestKafka(): Promise<TestKafka> {
  const dataDir = await mkdtemp(join(tmpdir(), 'phone82-kafka-'));
  const [port, sidePort] = [await freePort(), await freePort()];
  const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
  const proxy = await startCuttableProxy(sidePort);
  const start = () =>
    startEmbeddedKafka({
      dataDir,
      cacheDir: CACHE,
      port,
      sideDoor: { port: sidePort, advertisedPort: proxy.port },
    });
  const remove = async () => {
    await proxy.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 });
  };
  let broker: EmbeddedKafka = await start().catch(async (error) => {
    await remove();
    throw error;
  });
  return {
    brokers: broker.brokers,
    cuttable: { brokers: `127.0.0.1:${proxy.port}`, proxy },
    kill: () => broker.kill(),
    restart: async () => {
      broker = await start();
    },
    stop: async () => {
      await broker.stop();
      await remove();
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@phone82/local-server';
import { eventually, httpClient } from '@phone82/testkit';
import { controlClient } from '../platform/src/control/client.ts';
import { serviceArguments } from '../platform/src/supervisor/launch-service.ts';
import { serviceEnvironment } from '../platform/src/supervisor/service-environment.ts';
import { serviceNamed, systemFrom } from '../platform/src/system.ts';
import type { ServiceName, SystemUnderTest } from './system-under-test.ts';

/** One more process of a service, beside the supervised one. */
export interface Copy {
  readonly service: ServiceName;
  readonly port: number;
  /** SIGTERM; resolves to the exit code when it is gone. */
  leave(): Promise<number | null>;
}

/** Starts a copy with the settings of the supervised process, on a port of its own; resolves when it is ready. */
export async function startCopy(the: SystemUnderTest, service: ServiceName): Promise<Copy> {
  const system = await systemFrom(the.environment);
  const settings = await controlClient(system).settings(service);
  if (!settings) throw new Error('the system does not run');
  const port = await freePort();
  const child = spawn(process.execPath, serviceArguments(system, serviceNamed(system, service)), {
    cwd: system.root,
    env: { ...serviceEnvironment(system, settings), PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  await untilReady(child, port).catch((error) => {
    // A copy that is left behind would keep the test's process from ending.
    child.kill('SIGKILL');
    throw error;
  });
  return {
    service,
    port,
    leave: async () => {
      child.kill('SIGTERM');
      return (await exited)[0];
    },
  };
}

const untilReady = (child: ChildProcess, port: number) =>
  eventually(
    async () => {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
      const { status } = await httpClient(`http://127.0.0.1:${port}`).get('/readyz');
      if (status !== 200) throw new Error(`not ready: ${status}`);
    },
    { timeoutMs: 60_000 },
  );

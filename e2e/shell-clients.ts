import { spawn } from 'node:child_process';
import { type Ended, endOf } from '@phone82/testkit';
import type { SystemUnderTest } from './system-under-test.ts';

/** The programs that the scenario's readers type their commands with. */
export const shellClients = ['http', 'curl', 'siege'] as const;
export type ShellClient = (typeof shellClients)[number];

/** The version of each client that this machine has; null of one that it has not. */
export async function versionsOfClients(): Promise<Record<ShellClient, string | null>> {
  const versions = await Promise.all(
    shellClients.map(async (client) => {
      const said = await endOf(spawn(client, ['--version'], { stdio: ['ignore', 'pipe', 'pipe'] })).catch(
        () => undefined,
      );
      const version = /\d+\.\d+(\.\d+)?/.exec(`${said?.stdout} ${said?.stderr}`)?.[0];
      return [client, said && version ? version : null] as const;
    }),
  );
  return Object.fromEntries(versions) as Record<ShellClient, string | null>;
}

/** Runs a line of the scenario in a shell, as it stands there, but at this system's ports. */
export function type(system: SystemUnderTest, line: string): Promise<Ended> {
  const atOurPorts = line.replaceAll(/(?<=(localhost|127\.0\.0\.1):)80\d\d/g, (port) =>
    String(Number(port) + system.offset),
  );
  // Without a terminal httpie would take its standard input for the body.
  const typed = atOurPorts.replace(/^http /, 'http --ignore-stdin ');
  return endOf(spawn('sh', ['-c', typed], { env: system.environment, stdio: ['ignore', 'pipe', 'pipe'] }));
}

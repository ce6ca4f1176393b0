import type { Running } from '../supervisor/unit.ts';

/** Whatever a system may run for its services, as commands and logs name it. */
export const SERVER_NAMES = ['postgres', 'kafka', 'mariadb'] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

/** A server that a system runs for its services. */
export interface Server {
  readonly name: ServerName;
  readonly port: number;
  launch(): Promise<Running>;
}

/** A server of databases; its addresses are known once it has run. */
export interface DatabaseServer extends Server {
  url(database: string): string;
}

interface Started {
  readonly pid: number;
  readonly exited: Promise<string>;
  url(database: string): string;
  createDatabase(...names: string[]): Promise<void>;
  stop(): Promise<void>;
}

/** A server whose databases are created as it starts. */
export function databaseServer(
  about: Pick<Server, 'name' | 'port'>,
  databases: readonly string[],
  start: () => Promise<Started>,
): DatabaseServer {
  let server: Started | undefined;
  return {
    ...about,
    launch: async () => {
      const started = await start();
      server = started;
      await started.createDatabase(...databases).catch(async (error) => {
        await started.stop();
        throw error;
      });
      return {
        pid: started.pid,
        exited: started.exited,
        untilReady: () => Promise.resolve(),
        stop: () => started.stop(),
        kill: () => void process.kill(started.pid, 'SIGKILL'),
      };
    },
    url: (database) => {
      if (!server) throw new Error(`${about.name} has not run yet`);
      return server.url(database);
    },
  };
}

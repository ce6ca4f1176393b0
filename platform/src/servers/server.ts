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

/** A server of one's own that takes connections. */
interface Started {
  readonly pid: number;
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

interface StartedDatabases extends Started {
  url(database: string): string;
  createDatabase(...names: string[]): Promise<void>;
}

/** A started server as the supervisor keeps it running. */
export const running = (started: Started): Running => ({
  pid: started.pid,
  exited: started.exited,
  untilReady: () => Promise.resolve(),
  stop: () => started.stop(),
  kill: () => void process.kill(started.pid, 'SIGKILL'),
});

/** A server whose databases are created as it starts. */
export function databaseServer(
  about: Pick<Server, 'name' | 'port'>,
  databases: readonly string[],
  start: () => Promise<StartedDatabases>,
): DatabaseServer {
  let server: StartedDatabases | undefined;
  return {
    ...about,
    launch: async () => {
      const started = await start();
      server = started;
      await started.createDatabase(...databases).catch(async (error) => {
        await started.stop();
        throw error;
      });
      return running(started);
    },
    url: (database) => {
      if (!server) throw new Error(`${about.name} has not run yet`);
      return server.url(database);
    },
  };
}

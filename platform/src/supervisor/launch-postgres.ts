import { type EmbeddedPostgres, startEmbeddedPostgres } from '@phone82/embedded-postgres';
import { placeOf, postgresPort, type System } from '../system.ts';
import type { Running } from './unit.ts';

export interface Database {
  launch(): Promise<Running>;
  /** The connection string of a database; the server must have run before. */
  url(database: string): string;
}

/** The system's database server, its databases created as it starts. */
export function databaseOf(system: System, tell: (message: string) => void): Database {
  let server: EmbeddedPostgres | undefined;
  return {
    launch: async () => {
      const started = await startEmbeddedPostgres({
        dataDir: placeOf(system, 'postgres'),
        port: postgresPort(system),
        logFile: placeOf(system, 'logs', 'postgres.log'),
        log: tell,
      });
      server = started;
      await started.createDatabase(...system.topology.postgres.databases).catch(async (error) => {
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
      if (!server) throw new Error('the database server has not run yet');
      return server.url(database);
    },
  };
}

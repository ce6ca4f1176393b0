import { type Database, migrate, missingMigrations } from '@phone82/persistence';
import { type Environment, type Job, type JobOptions, type Log, startJob } from '@phone82/runtime';
import { migrations } from '../../migrations/index.ts';

export interface SessionJobs {
  /** Resolves once the schema is there, and after a few seconds without it. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 5_000;
const AFTER_THAT_MS = 24 * 60 * 60 * 1_000;

/** Sees to the schema as soon as the database is there, then starts the other jobs. The gateway serves meanwhile. */
export function startJobs(
  { environment, log }: { readonly environment: Environment; readonly log: Log },
  database: Database,
  { migrates, afterwards }: { readonly migrates: boolean; readonly afterwards: readonly JobOptions[] },
): SessionJobs {
  const ready = Promise.withResolvers<void>();
  const running: Job[] = [];
  const schema: JobOptions = {
    name: 'session-schema',
    everyMs: AFTER_THAT_MS,
    run: async (signal) => {
      if (migrates) await migrate(database, migrations);
      const missing = await missingMigrations(database, migrations);
      if (missing.length > 0)
        throw new Error(`the schema lacks ${missing.join(', ')}: run the migration first`);
      if (running.length === 1 && !signal.aborted)
        running.push(...afterwards.map((job) => startJob(job, environment, log)));
      ready.resolve();
      return 'done';
    },
  };
  running.push(startJob(schema, environment, log));
  const patience = setTimeout(ready.resolve, READY_WITHIN_MS);
  return {
    ready: ready.promise.finally(() => clearTimeout(patience)),
    stop: async () => {
      clearTimeout(patience);
      for (const job of running) await job.stop();
    },
  };
}

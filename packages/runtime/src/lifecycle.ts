/** Something that runs until it is stopped. */
export interface Component {
  readonly name: string;
  /** Ends it: what is under way is finished first. Called once. */
  stop(): Promise<void>;
}

/** The part of a logger that the platform's packages use (pino's is one). */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const HARD_DEADLINE_MS = 20_000;

/** A start that a person has to decide about: to start again by itself would change nothing. The message names the choices. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** `EX_CONFIG` of sysexits. */
const REFUSED_EXIT_CODE = 78;

/**
 * Runs a process: starts it, and on SIGTERM, SIGINT or the end of standard input (when PHONE82_SUPERVISED
 * is set: the supervisor died) stops its components in reverse order and exits 0. A start that fails
 * logs one line and exits 1, or 78 where it was refused; a stop that hangs is cut off after 20 s with exit code 1.
 */
export async function runProcess(log: Log, start: () => Promise<readonly Component[]>): Promise<void> {
  let components: readonly Component[];
  try {
    components = await start();
  } catch (error) {
    log.error({ err: error }, error instanceof Error ? error.message : String(error));
    process.exit(error instanceof StartRefused ? REFUSED_EXIT_CODE : 1);
  }
  let stopping = false;
  const stop = async (why: string) => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), HARD_DEADLINE_MS).unref();
    log.info({ why }, 'stopping');
    for (const component of [...components].reverse()) {
      await component
        .stop()
        .catch((error) => log.error({ err: error, component: component.name }, 'did not stop cleanly'));
    }
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));
  if (process.env.PHONE82_SUPERVISED) {
    process.stdin
      .on('end', () => void stop('the supervisor is gone'))
      .on('error', () => void stop('the supervisor is gone'));
    process.stdin.resume();
  }
}

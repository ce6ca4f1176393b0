import type { Clock } from '../clock.ts';
import { backoffMs, SETTLED_AFTER_MS } from './backoff.ts';

/** A process that was started. */
export interface Running {
  readonly pid: number;
  /** Resolves when it is gone, with the reason. */
  readonly exited: Promise<string>;
  /** Once it is gone: why it refused to run, where to start it again would change nothing; undefined otherwise. */
  refusal?(): Promise<string | undefined>;
  /** Resolves once it can do its work. */
  untilReady(signal: AbortSignal): Promise<void>;
  /** Ends it cleanly; resolves when it is gone. */
  stop(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

export type UnitState = 'stopped' | 'starting' | 'ready' | 'stopping' | 'restarting';

export interface UnitOptions {
  readonly name: string;
  launch(): Promise<Running>;
  readonly clock: Clock;
  /** Whether it gives up when the very first launch of a start throws. Default false. */
  readonly firstLaunchMustSucceed?: boolean;
  /** Told in a few words what happened to the unit. */
  readonly onEvent: (name: string, happened: string) => void;
}

/** One supervised process: kept running from start to stop, whatever it does itself. */
export class Unit {
  readonly name: string;
  restarts = 0;
  state: UnitState = 'stopped';
  /** Why it last ended or could not start. */
  lastFailure: { readonly error: unknown; readonly reason: string; readonly isRefusal?: boolean } | undefined;
  /** Since when the present process runs, by the clock given. */
  startedAt: number | undefined;
  readonly #options: UnitOptions;
  #wanted = false;
  #running: Running | undefined;
  #life: Promise<void> = Promise.resolve();
  #stopped = new AbortController();
  #listeners = new Set<() => void>();

  constructor(options: UnitOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  /** Starts it; resolves to false if it was started already. It need not be ready yet. */
  async start(): Promise<boolean> {
    if (this.#wanted) return false;
    await this.#life;
    if (this.#wanted) return false;
    this.#wanted = true;
    this.lastFailure = undefined;
    this.#stopped = new AbortController();
    this.#to('starting');
    this.#life = this.#keepRunning();
    return true;
  }

  /** Stops it for good; resolves when it is gone, to false if it was stopped already. */
  async stop(): Promise<boolean> {
    const wasWanted = this.#wanted;
    this.#wanted = false;
    this.#stopped.abort();
    if (this.#running) {
      this.#to('stopping');
      await this.#running.stop();
    }
    await this.#life;
    return wasWanted;
  }

  /** Kills the present process, which the supervisor takes for a crash. Returns its process id, if there was one. */
  kill(): number | undefined {
    const running = this.#running;
    running?.kill();
    return running?.pid;
  }

  /** Resolves when ready; to false if it is stopped, or has failed so often meanwhile. */
  async untilReady(failuresAllowed: number): Promise<boolean> {
    const limit = this.restarts + failuresAllowed;
    while (this.state !== 'ready') {
      if (this.state === 'stopped' || this.restarts >= limit) return false;
      await new Promise<void>((resolve) => this.#listeners.add(resolve));
    }
    return true;
  }

  async #keepRunning(): Promise<void> {
    const { clock, firstLaunchMustSucceed } = this.#options;
    let failures = 0;
    while (this.#wanted) {
      const startedAt = clock.now();
      const reason = await this.#runOnce();
      if (failures === 0 && firstLaunchMustSucceed && this.lastFailure?.error) this.#wanted = false;
      if (this.lastFailure?.isRefusal) {
        this.#wanted = false;
        this.#to('stopped', `refuses to start: ${reason}`);
        return;
      }
      if (!this.#wanted) break;
      failures = clock.now() - startedAt >= SETTLED_AFTER_MS ? 1 : failures + 1;
      this.restarts++;
      const pause = backoffMs(failures);
      this.#to('restarting', `${reason}; starting again in ${pause} ms`);
      await clock.sleep(pause, this.#stopped.signal);
    }
    this.#to('stopped');
  }

  async #runOnce(): Promise<string> {
    const gone = new AbortController();
    try {
      this.#running = await this.#options.launch();
      this.startedAt = this.#options.clock.now();
      if (!this.#wanted) await this.#running.stop();
      else this.#watchReadiness(this.#running, gone.signal);
      const { exited, refusal } = this.#running;
      const reason = await exited;
      const refused = await refusal?.();
      if (this.#wanted)
        this.lastFailure = { error: undefined, reason: refused ?? reason, isRefusal: refused !== undefined };
      return refused ?? reason;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.lastFailure = { error, reason };
      return reason;
    } finally {
      gone.abort();
      this.#running = undefined;
      this.startedAt = undefined;
    }
  }

  #watchReadiness(running: Running, gone: AbortSignal): void {
    this.#to('starting');
    running.untilReady(gone).then(
      () => {
        if (!gone.aborted && this.state === 'starting') this.#to('ready');
      },
      () => undefined,
    );
  }

  #to(state: UnitState, happened: string = state): void {
    const changed = state !== this.state;
    this.state = state;
    if (changed) this.#options.onEvent(this.name, happened);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }
}

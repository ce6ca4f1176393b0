import { setTimeout as delay } from 'node:timers/promises';
import type { ControlClient } from '../../../platform/src/control/client.ts';
import type { UnitStatus } from '../../../platform/src/control/protocol.ts';

const LOOK_EVERY_MS = 100;
const READY_WITHIN_MS = 60_000;

/** The supervised processes of a running system. */
export class Units {
  readonly #supervisor: ControlClient;

  constructor(supervisor: ControlClient) {
    this.#supervisor = supervisor;
  }

  async all(): Promise<readonly UnitStatus[]> {
    const status = await this.#supervisor.status();
    if (!status) throw new Error('the supervisor does not answer');
    return [...status.servers, ...status.services];
  }

  /** @throws Error if it does not run. */
  async pidOf(name: string): Promise<number> {
    const pid = (await this.all()).find((unit) => unit.name === name)?.pid;
    if (pid === undefined) throw new Error(`${name} does not run`);
    return pid;
  }

  /** SIGTERM; resolves when it is gone. */
  async stop(name: string): Promise<void> {
    await this.#supervisor.stop(name);
  }

  /** Resolves when it is ready. */
  async start(name: string): Promise<void> {
    await this.#supervisor.start(name);
  }

  /** Resolves when every unit is ready, and none is one of the processes that died. @throws Error after a minute. */
  async untilReady(died: readonly number[] = []): Promise<void> {
    const deadline = performance.now() + READY_WITHIN_MS;
    for (;;) {
      const units = await this.all();
      const waiting = units.filter(
        ({ state, pid }) => state !== 'ready' || (pid !== undefined && died.includes(pid)),
      );
      if (waiting.length === 0) return;
      if (performance.now() > deadline)
        throw new Error(
          `not ready after a minute: ${waiting.map(({ name, state }) => `${name} is ${state}`)}`,
        );
      await delay(LOOK_EVERY_MS);
    }
  }
}

import type { Clock } from '../clock.ts';
import type { Outcome, SystemStatus } from '../control/protocol.ts';
import { Fault, faultBehind } from '../faults.ts';
import { type System, serviceNamed } from '../system.ts';
import type { ServiceSpec } from '../topology.ts';
import { type Database, databaseOf } from './launch-postgres.ts';
import { launchService } from './launch-service.ts';
import { serviceSettings } from './service-environment.ts';
import { systemStatus } from './status.ts';
import { Unit } from './unit.ts';

/** A service may need the others' first migrations; one that fails this often in a row will not come up. */
const FAILURES_ALLOWED = 4;

/** Keeps the database and the services of one system running. */
export class Supervisor {
  readonly #system: System;
  readonly #clock: Clock;
  readonly #database: Database;
  readonly #postgres: Unit;
  readonly #services: ReadonlyMap<string, Unit>;

  constructor(system: System, clock: Clock, tell: (message: string) => void) {
    this.#system = system;
    this.#clock = clock;
    this.#database = databaseOf(system, tell);
    const onEvent = (name: string, happened: string) => tell(`${name}: ${happened}`);
    this.#postgres = new Unit({
      name: 'postgres',
      launch: () => this.#database.launch(),
      clock,
      firstLaunchMustSucceed: true,
      onEvent,
    });
    const unitOf = (spec: ServiceSpec) =>
      new Unit({
        name: spec.name,
        launch: async () => launchService(system, spec, this.settings(spec.name), clock),
        clock,
        onEvent,
      });
    this.#services = new Map(system.topology.services.map((spec) => [spec.name, unitOf(spec)]));
  }

  /** Starts everything; resolves when all is ready. @throws Fault when something does not come up. */
  async up(): Promise<void> {
    await this.#postgres.start();
    if (!(await this.#postgres.untilReady(1))) throw this.#postgresFault();
    const units = [...this.#services.values()];
    await Promise.all(units.map((unit) => unit.start()));
    await Promise.all(units.map((unit) => this.#untilReady(unit)));
  }

  /** Stops everything cleanly, the database last. */
  async down(): Promise<void> {
    await Promise.all([...this.#services.values()].map((unit) => unit.stop()));
    await this.#postgres.stop();
  }

  /** Ends the services at once; the database, which must not lose its order, is left to {@link down}. */
  killServices(): void {
    for (const unit of this.#services.values()) unit.kill();
  }

  async start(name: string | undefined): Promise<Outcome> {
    const unit = this.#unit(name);
    const started = await unit.start();
    if (!started && unit.state === 'ready')
      return { ok: true, message: `${unit.name} runs already (pid ${unit.pid})` };
    await this.#untilReady(unit);
    return { ok: true, message: `${unit.name} is ready (pid ${unit.pid})` };
  }

  async stop(name: string | undefined): Promise<Outcome> {
    const unit = this.#unit(name);
    const stopped = await unit.stop();
    const hint = `it stays down until "./phone82 start ${unit.name}"`;
    return { ok: true, message: `${unit.name} ${stopped ? 'is stopped' : 'was stopped already'}; ${hint}` };
  }

  kill(name: string | undefined): Outcome {
    const unit = this.#unit(name);
    const pid = unit.kill();
    if (pid === undefined)
      return { ok: true, message: `${unit.name} does not run: there is nothing to kill` };
    return { ok: true, message: `${unit.name} is killed (pid ${pid}); the supervisor starts it again` };
  }

  status(): Promise<SystemStatus> {
    return systemStatus(this.#system, { postgres: this.#postgres, services: this.#services }, this.#clock);
  }

  /** What a service is told, for whoever runs it by hand. */
  settings(name: string | undefined): Record<string, string> {
    return serviceSettings(this.#system, serviceNamed(this.#system, name), this.#database.url);
  }

  #unit(name: string | undefined): Unit {
    if (name === this.#postgres.name) return this.#postgres;
    return this.#services.get(serviceNamed(this.#system, name).name) as Unit;
  }

  async #untilReady(unit: Unit): Promise<void> {
    if (await unit.untilReady(FAILURES_ALLOWED)) return;
    throw new Fault(
      `${unit.name} does not come up (it ${unit.lastFailure?.reason ?? 'was stopped'}): "./phone82 logs ${unit.name}" says why.`,
    );
  }

  #postgresFault(): Fault {
    const { error, reason = 'stopped' } = this.#postgres.lastFailure ?? {};
    return (
      (error ? faultBehind(error, this.#system.home) : undefined) ??
      new Fault(`PostgreSQL does not come up: ${reason}`, { cause: error })
    );
  }
}

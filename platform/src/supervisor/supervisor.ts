import type { Clock } from '../clock.ts';
import type { Outcome, SystemStatus } from '../control/protocol.ts';
import { Fault, faultBehind } from '../faults.ts';
import type { Server } from '../servers/server.ts';
import type { Servers } from '../servers/servers.ts';
import { type System, serviceNamed } from '../system.ts';
import type { ServiceSpec } from '../topology.ts';
import { launchService } from './launch-service.ts';
import { serviceSettings } from './service-environment.ts';
import { systemStatus } from './status.ts';
import { Unit } from './unit.ts';

/** A service may need the others' first migrations; one that fails this often in a row will not come up. */
const FAILURES_ALLOWED = 4;

/** Keeps the servers and the services of one system running. */
export class Supervisor {
  readonly #system: System;
  readonly #clock: Clock;
  readonly #addresses: Servers['addresses'];
  readonly #servers: readonly { readonly server: Server; readonly unit: Unit }[];
  readonly #services: ReadonlyMap<string, Unit>;

  constructor(system: System, servers: Servers, clock: Clock, tell: (message: string) => void) {
    this.#system = system;
    this.#clock = clock;
    this.#addresses = servers.addresses;
    const onEvent = (name: string, happened: string) => tell(`${name}: ${happened}`);
    this.#servers = servers.all.map((server) => ({
      server,
      unit: new Unit({
        name: server.name,
        launch: () => server.launch(),
        clock,
        firstLaunchMustSucceed: true,
        onEvent,
      }),
    }));
    const unitOf = (spec: ServiceSpec) =>
      new Unit({
        name: spec.name,
        launch: async () => launchService(system, spec, this.settings(spec.name), clock),
        clock,
        onEvent,
      });
    this.#services = new Map(system.topology.services.map((spec) => [spec.name, unitOf(spec)]));
  }

  /** Starts the databases and the broker that the system has of its own. @throws Fault when one does not come up. */
  async upServers(): Promise<void> {
    await Promise.all(this.#servers.map(({ unit }) => unit.start()));
    for (const { unit } of this.#servers) if (!(await unit.untilReady(1))) throw this.#serverFault(unit);
  }

  /** Starts everything; resolves when all is ready. @throws Fault when something does not come up. */
  async up(): Promise<void> {
    await this.upServers();
    const units = [...this.#services.values()];
    await Promise.all(units.map((unit) => unit.start()));
    await Promise.all(units.map((unit) => this.#untilReady(unit)));
  }

  /** Stops everything cleanly, the servers last. */
  async down(): Promise<void> {
    await Promise.all([...this.#services.values()].map((unit) => unit.stop()));
    await Promise.all(this.#servers.map(({ unit }) => unit.stop()));
  }

  /** Ends the services at once; the servers, which must not lose their order, are left to {@link down}. */
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
    const units = { servers: this.#servers, services: this.#services };
    return systemStatus(this.#system, units, this.#clock);
  }

  /** What a service is told, for whoever runs it by hand. */
  settings(name: string | undefined): Record<string, string> {
    return serviceSettings(this.#system, serviceNamed(this.#system, name), this.#addresses);
  }

  #unit(name: string | undefined): Unit {
    const server = this.#servers.find(({ unit }) => unit.name === name);
    if (server) return server.unit;
    return this.#services.get(serviceNamed(this.#system, name).name) as Unit;
  }

  async #untilReady(unit: Unit): Promise<void> {
    if (await unit.untilReady(FAILURES_ALLOWED)) return;
    if (unit.lastFailure?.isRefusal)
      throw new Fault(`${unit.name} refuses to start. ${unit.lastFailure.reason}`);
    throw new Fault(
      `${unit.name} does not come up (it ${unit.lastFailure?.reason ?? 'was stopped'}): "./phone82 logs ${unit.name}" says why.`,
    );
  }

  #serverFault({ name, lastFailure }: Unit): Fault {
    const { error, reason = 'stopped' } = lastFailure ?? {};
    return (
      (error ? faultBehind(error, this.#system.home) : undefined) ??
      new Fault(`${name} does not come up: ${reason}`, { cause: error })
    );
  }
}

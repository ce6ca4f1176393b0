import { callRemote, deadLetterRoutes, startParts } from '@phone82/host';
import {
  createDeadLetters,
  createLeasedBus,
  createMemoryLogServer,
  type MemoryLogServer,
} from '@phone82/messaging';
import { silentLog } from '@phone82/testkit';
import type { Order } from '../../../services/app/src/domain/order.ts';
import type { Mileage } from '../../../services/marketing/src/domain/mileage.ts';
import type { Payment } from '../../../services/pay/src/domain/payment.ts';
import type { Delivery } from '../../../services/store/src/domain/delivery.ts';
import { type Chance, chanceOf } from '../engine/chance.ts';
import { processEnvironment } from '../engine/process-environment.ts';
import { EPOCH_MS, Scheduler } from '../engine/scheduler.ts';
import { newProcess, type SimulatedProcess } from '../engine/simulated-process.ts';
import { Trace } from '../engine/trace.ts';
import { Faults } from '../faults/faults.ts';
import { Calls, type SimulatedServer } from '../network/calls.ts';
import { type Endpoint, Network } from '../network/network.ts';
import { createSimulatedHttpServer } from '../network/simulated-http-server.ts';
import { SimulatedSignals } from '../network/simulated-signal.ts';
import { simulatedTransport } from '../network/simulated-transport.ts';
import { simulatedApp } from '../services/app.ts';
import { createSimulatedViews, type SimulatedViews, simulatedCustomer } from '../services/customer.ts';
import { simulatedMarketing } from '../services/marketing.ts';
import { simulatedPay } from '../services/pay.ts';
import type { SimulatedService } from '../services/simulated-service.ts';
import { simulatedStore } from '../services/store.ts';
import type { Connection } from '../storage/connection.ts';
import { createSimulatedDatabase, type SimulatedDatabase } from '../storage/simulated-database.ts';
import { logServer, simulatedLogServer } from '../storage/simulated-log-server.ts';
import { planRun, type RunPlan } from './run-plan.ts';
import { createSimulatedPsp, type PspMisbehaviour, type SimulatedPsp } from './simulated-psp.ts';

export interface Databases {
  readonly app: SimulatedDatabase<Order>;
  readonly pay: SimulatedDatabase<Payment>;
  readonly store: SimulatedDatabase<Delivery>;
  readonly marketing: SimulatedDatabase<Mileage>;
  readonly views: SimulatedViews;
}

const WEBHOOK_PATIENCE_MS = 10_000;

export interface WorldOptions {
  readonly seed: number;
  /** Faults that must not strike. */
  readonly without?: ReadonlySet<string>;
  /** How many lines of the trace are kept. */
  readonly keptLines: number;
}

/** The whole system in one process's memory: what a seed makes of it depends on nothing else. */
export class World {
  readonly plan: RunPlan;
  readonly trace: Trace;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly network: Network;
  readonly log: MemoryLogServer;
  readonly databases: Databases;
  readonly psp: SimulatedPsp;
  readonly violations: string[] = [];
  readonly misbehaviours = new Map<PspMisbehaviour, number>();
  /** What other implementations told of an order before ours began: types of event by order. */
  readonly past = new Map<number, ReadonlySet<string>>();
  readonly seed: number;
  readonly #calls: Calls;
  readonly #signals: SimulatedSignals;
  readonly #logServer: SimulatedServer = logServer();
  readonly #services: readonly SimulatedService[];
  readonly #endpoints: Endpoint[] = [];
  readonly #ids = { next: 0 };
  readonly #restarts: Chance;

  constructor({ seed, without, keptLines }: WorldOptions) {
    this.seed = seed;
    this.plan = planRun(chanceOf(seed, 'plan'));
    this.trace = new Trace(keptLines);
    this.scheduler = new Scheduler(this.trace);
    const note = (what: string) => this.note(`fault: ${what}`);
    this.faults = new Faults(chanceOf(seed, 'faults'), note, without);
    this.#restarts = chanceOf(seed, 'restarts');
    const shared = {
      scheduler: this.scheduler,
      faults: this.faults,
      chance: chanceOf(seed, 'network'),
      crash: (process: SimulatedProcess) => this.crash(process),
      disturb: (process: SimulatedProcess) => this.#disturb(process),
    };
    this.network = new Network(shared);
    this.#calls = new Calls(shared);
    this.#signals = new SimulatedSignals(shared);
    this.log = createMemoryLogServer(() => this.serverNow());
    this.databases = createDatabases(this.plan.isEmbedded);
    this.psp = this.#createPsp();
    this.#services = this.#createServices();
  }

  serverNow(): number {
    return EPOCH_MS + Math.floor(this.scheduler.now);
  }

  note(what: string): void {
    this.trace.note(this.scheduler.now, this.scheduler.current?.name ?? 'world', what);
  }

  violate(what: string): void {
    this.note(`VIOLATION ${what}`);
    this.violations.push(what);
  }

  /** Starts every process. */
  start(): void {
    for (const service of this.#services)
      for (let copy = 1; copy <= (this.plan.copies[service.name] ?? 1); copy++)
        this.#add(newProcess(`${service.name}-${copy}`, service.name));
    this.#add(newProcess('psp', 'psp'));
  }

  /** Ends a process without a goodbye; a supervisor starts it again a while later. */
  crash(process: SimulatedProcess): void {
    if (!process.up) return;
    this.note(`crash of ${process.name}`);
    process.up = false;
    process.incarnation++;
    process.frozenUntil = 0;
    process.clockOffsetMs = 0;
    const endpoint = this.#endpoints.find((one) => one.process === process) as Endpoint;
    endpoint.respond = undefined;
    for (const broken of endpoint.waiting) broken();
    endpoint.waiting.clear();
    const incarnation = process.incarnation;
    this.scheduler.plan(this.#restarts.between(50, 3_000), `restart of ${process.name}`, () => {
      if (!process.up && process.incarnation === incarnation) this.#boot(endpoint);
    });
  }

  /** The last fault is over: what is down comes up, what is cut off is reached, clocks are right. */
  heal(): void {
    this.note('healed');
    this.faults.isOver = true;
    this.psp.heal();
    const { app, pay, store, marketing, views } = this.databases;
    for (const server of [app, pay, store, marketing, views.database].map((database) => database.server))
      server.downUntil = 0;
    this.#logServer.downUntil = 0;
    for (const endpoint of this.#endpoints) {
      endpoint.unreachableUntil = 0;
      this.scheduler.thaw(endpoint.process);
      endpoint.process.clockOffsetMs = 0;
      if (!endpoint.process.up) this.#boot(endpoint);
    }
  }

  connectionOf(process: SimulatedProcess): Connection {
    const chance = chanceOf(this.seed, `${process.name}/${process.incarnation}`);
    const environment = processEnvironment(this.scheduler, process, chance, this.#ids);
    return {
      calls: this.#calls,
      faults: this.faults,
      process,
      environment,
      serverNow: () => this.serverNow(),
    };
  }

  #createPsp(): SimulatedPsp {
    const { marketing } = this.databases;
    const count = (what: PspMisbehaviour) => {
      this.misbehaviours.set(what, (this.misbehaviours.get(what) ?? 0) + 1);
    };
    const psp = createSimulatedPsp(count, async (paymentKey) => {
      const payment = await psp.ledger.transact((books) => books.payment(paymentKey));
      const orderId = Number(payment?.orderId.replace(/\D*82-/, ''));
      if (marketing.store.records.get(orderId)?.state !== 'Cancelled')
        this.violate(`I3 the refund of ${orderId} was asked for before its mileage was cancelled`);
    });
    return psp;
  }

  #createServices(): readonly SimulatedService[] {
    const { app, pay, store, marketing, views } = this.databases;
    return [
      simulatedApp(app),
      simulatedPay(pay, (what) => this.violate(what)),
      simulatedStore(store, this.plan.shipping),
      simulatedMarketing(marketing),
      simulatedCustomer(views),
    ];
  }

  #add(process: SimulatedProcess): void {
    const endpoint = { process, respond: undefined, unreachableUntil: 0, waiting: new Set<() => void>() };
    this.#endpoints.push(endpoint);
    this.network.add(endpoint);
    this.#boot(endpoint);
  }

  #boot(endpoint: Endpoint): void {
    const { process } = endpoint;
    process.up = true;
    this.scheduler.plan(0, `start of ${process.name}`, () => void this.#run(endpoint), process);
  }

  async #run(endpoint: Endpoint): Promise<void> {
    const { process } = endpoint;
    const connection = this.connectionOf(process);
    if (process.service === 'psp') {
      endpoint.respond = this.psp.start(connection.environment, this.plan, ({ transmissionId, body }) =>
        this.#deliverWebhook(process, transmissionId, JSON.stringify(body)),
      );
      if (this.faults.isOver) this.psp.heal();
      return;
    }
    try {
      await this.#runService(endpoint, connection);
    } catch (error) {
      // A start that fails ends the process: its supervisor tries again.
      this.note(`${process.name} did not start: ${String(error)}`);
      this.crash(process);
    }
  }

  async #runService(endpoint: Endpoint, connection: Connection): Promise<void> {
    const { incarnation } = endpoint.process;
    const { process, environment } = connection;
    const service = this.#services.find(({ name }) => name === process.service) as SimulatedService;
    const bus = createLeasedBus({
      server: simulatedLogServer(this.log, this.#logServer, connection),
      signal: this.#signals.of(process),
      environment,
      log: silentLog,
    });
    const { parts, outbox, letters, idempotency } = service.build({
      connection,
      bus,
      remote: (name, config) => {
        const base = { config, log: silentLog as never, metrics: undefined as never };
        return callRemote(name, base, { transport: simulatedTransport(this.network, process, name) });
      },
    });
    const server = createSimulatedHttpServer((routes) => {
      parts.routes(routes);
      const deadLetters =
        parts.deadLetters ?? (parts.events && createDeadLetters({ letters, ...parts.events }));
      if (deadLetters) deadLetterRoutes(deadLetters)(routes);
    }, idempotency);
    await startParts(service.name, { outbox, bus, environment, log: silentLog }, parts);
    // It may have crashed while it started: what is dead must not answer for its successor.
    if (endpoint.process.incarnation === incarnation) endpoint.respond = (request) => server.handle(request);
  }

  #deliverWebhook(from: SimulatedProcess, transmissionId: string, body: string): Promise<boolean> {
    const headers = { 'tosspayments-webhook-transmission-id': transmissionId };
    const request = { method: 'POST', url: '/webhooks/toss', headers, body };
    return new Promise((resolve) => {
      this.scheduler.plan(WEBHOOK_PATIENCE_MS, 'webhook given up', () => resolve(false), from);
      this.network.send(from, 'pay', request, (reply) =>
        resolve(reply.kind === 'answered' && reply.status === 200),
      );
    });
  }

  #disturb(process: SimulatedProcess): void {
    if (this.faults.strikes('process frozen'))
      process.frozenUntil = this.scheduler.now + 300 + this.faults.duration(0, 1) ** 3 * 20_000;
    if (this.faults.strikes('clock jumps'))
      process.clockOffsetMs = Math.floor(this.faults.duration(-4_000, 4_000));
  }
}

function createDatabases(isEmbedded: boolean): Databases {
  return {
    app: createSimulatedDatabase('app', { isEmbedded: false }),
    pay: createSimulatedDatabase('pay', { isEmbedded: false }),
    store: createSimulatedDatabase('store', { isEmbedded }),
    marketing: createSimulatedDatabase('marketing', { isEmbedded }),
    views: createSimulatedViews(),
  };
}

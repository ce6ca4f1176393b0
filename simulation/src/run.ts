import { audit } from './clients/auditor.ts';
import { Client } from './clients/client.ts';
import { type Journey, planJourney, travel } from './clients/customer-journey.ts';
import { workOffDeadLetters } from './clients/operator.ts';
import { chanceOf } from './engine/chance.ts';
import { ownGlobals } from './engine/own-globals.ts';
import { newProcess } from './engine/simulated-process.ts';
import type { TraceLine } from './engine/trace.ts';
import { checkInvariants } from './invariants/check-invariants.ts';
import { unsettled } from './invariants/settled.ts';
import { disturbLog } from './world/disturb-log.ts';
import { foreignOrderId, leavePastOrder, pastOrderId, sendForeignOrder } from './world/foreign-orders.ts';
import { startSelfPayers } from './world/self-payers.ts';
import { World } from './world/world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly without?: ReadonlySet<string>;
  /** Default 60. */
  readonly keptLines?: number;
}

export interface RunResult {
  readonly seed: number;
  readonly hash: string;
  readonly steps: number;
  readonly violations: readonly string[];
  readonly orders: number;
  /** How long after the last fault everything was settled, in virtual milliseconds. */
  readonly settledAfterMs: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly lines: readonly TraceLine[];
}

/** Everything has come to its end so long after the last fault. */
const CONVERGES_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 250;

/** One run of the whole system, decided by its seed alone. */
export async function simulate({ seed, without, keptLines = 60 }: RunOptions): Promise<RunResult> {
  const world = new World({ seed, without, keptLines });
  const release = ownGlobals(world.scheduler, chanceOf(seed, 'globals'));
  const rejected = (error: unknown) =>
    world.violate(`I0 a process would have died of ${error instanceof Error ? error.stack : String(error)}`);
  process.on('unhandledRejection', rejected);
  try {
    const journeys = startJourneys(world);
    await world.scheduler.runUntil(world.plan.faultsForMs);
    world.heal();
    const settledAfterMs = await converge(world, journeys.pending);
    await auditAll(world);
    await checkInvariants(world, journeys.journeys);
    return resultOf(world, seed, journeys.journeys.length, settledAfterMs);
  } finally {
    release();
    process.off('unhandledRejection', rejected);
  }
}

function startJourneys(world: World): { journeys: readonly Journey[]; pending: Set<string> } {
  const { plan, scheduler } = world;
  const chance = chanceOf(seedOf(world), 'journeys');
  const pending = new Set<string>();
  leavePast(world);
  world.start();
  disturbLog(world, chanceOf(seedOf(world), 'log'));
  for (let number = 1; number <= plan.foreignOrders; number++) {
    sendForeignOrder(world, number, chance);
    if (plan.shipping.manual) planShipping(world, foreignOrderId(number), chance.between(500, 4_000));
  }
  const journeys = Array.from({ length: plan.orders }, (_, index) => {
    const number = index + 1;
    const name = `client-${number}`;
    const journey = planJourney(chance, number);
    const own = chanceOf(seedOf(world), name);
    const owner = newProcess(name, 'client');
    const client = new Client(world, owner);
    pending.add(name);
    const versions = new Map<number, number>();
    const seen = (id: number, version: number) => {
      if (version < (versions.get(id) ?? 0))
        world.violate(`I6 the view of ${id} went back to version ${version}`);
      versions.set(id, version);
    };
    const tools = { client, chance: own, untilMs: plan.faultsForMs, shipsByHand: plan.shipping.manual, seen };
    const begin = () => void travel(journey, tools).finally(() => pending.delete(name));
    scheduler.plan(0, 'journey', begin, owner);
    return journey;
  });
  startSelfPayers(world, journeys);
  for (let rebuild = 0; rebuild < plan.rebuilds; rebuild++)
    planRebuild(world, chance.between(500, plan.faultsForMs), rebuild);
  return { journeys, pending };
}

function leavePast(world: World): void {
  const chance = chanceOf(seedOf(world), 'past');
  for (let number = 1; number <= world.plan.pastOrders; number++)
    world.past.set(pastOrderId(number), leavePastOrder(world, number, chance));
}

/** The agency tries to ship whatever it is shown, paid or not. */
function planShipping(world: World, id: number, atMs: number): void {
  const owner = newProcess(`agency-${id}`, 'client');
  const client = new Client(world, owner);
  const request = { method: 'PATCH', url: `/storeManages/${id}`, body: { process: 'Shipped' } } as const;
  const ship = () => void client.askUntil('store', request, ({ status }) => status === 200, 10);
  world.scheduler.plan(atMs, 'agency', ship, owner);
}

function planRebuild(world: World, atMs: number, number: number): void {
  const owner = newProcess(`rebuilder-${number}`, 'client');
  const client = new Client(world, owner);
  const rebuild = () => void client.ask('customer', { method: 'POST', url: '/view/rebuild' });
  world.scheduler.plan(atMs, 'rebuild', rebuild, owner);
}

/** Lets time pass until all is settled; says how much of it passed. */
async function converge(world: World, pending: ReadonlySet<string>): Promise<number> {
  const { scheduler } = world;
  const healedAt = scheduler.now;
  const owner = newProcess('operator', 'client');
  const operator = new Client(world, owner);
  let isOver = false;
  scheduler.plan(500, 'operator', () => void workOffDeadLetters(operator, world, () => isOver), owner);
  let left: string[] = [];
  for (let quiet = 0; quiet < 2; ) {
    await scheduler.runUntil(scheduler.now + LOOK_EVERY_MS);
    left = [...(await unsettled(world)), ...pending];
    quiet = left.length === 0 ? quiet + 1 : 0;
    if (scheduler.now - healedAt > CONVERGES_WITHIN_MS) {
      world.violate(`I8 30 s after the last fault: ${left.join(', ')}`);
      break;
    }
  }
  isOver = true;
  return scheduler.now - healedAt;
}

/** Asks the services themselves, on virtual time as well. */
async function auditAll(world: World): Promise<void> {
  const { scheduler } = world;
  const owner = newProcess('auditor', 'client');
  const auditor = new Client(world, owner);
  let isDone = false;
  scheduler.plan(0, 'audit', () => void audit(world, auditor).finally(() => (isDone = true)), owner);
  for (let looks = 0; !isDone && looks < 100; looks++)
    await scheduler.runUntil(scheduler.now + LOOK_EVERY_MS);
  if (!isDone) world.violate('I8 the audit did not come to its end');
}

const seedOf = (world: World) => world.seed;

function resultOf(world: World, seed: number, orders: number, settledAfterMs: number): RunResult {
  const { trace, violations, faults, misbehaviours } = world;
  return {
    seed,
    hash: trace.hash,
    steps: trace.steps,
    violations,
    orders,
    settledAfterMs,
    faults: Object.fromEntries([...faults.counts, ...misbehaviours]),
    lines: trace.lines,
  };
}

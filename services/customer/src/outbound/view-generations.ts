import {
  type ConsumerProgress,
  createDeadLetters,
  type DeadLetters,
  type WatchedProgress,
} from '@phone82/messaging';
import { type Component, startJob } from '@phone82/runtime';
import { foldEvents } from '../usecases/fold-events.ts';
import type { RebuildProgress, ViewGenerations } from '../usecases/ports.ts';
import { foldGeneration, groupOf, remainingOf, type ViewBase } from './fold-generation.ts';
import type { Generation, GenerationRegistry } from './generation-registry.ts';

const LOOK_EVERY_MS = 500;
/** Other copies may still fold into a generation for a moment after another one took over. */
const DROP_AFTER_MS = 10_000;

/** The view as the service runs it. */
export interface RunningView extends ViewGenerations {
  /** Retried into the generation that answers. */
  readonly deadLetters: DeadLetters;
  start(): Promise<Component[]>;
  /** The consumer group of the generation that answers. */
  answeringGroup(): string | undefined;
  /** Whether that group makes progress. */
  answeringProgress(): ConsumerProgress | undefined;
}

/**
 * Keeps the generations that the registry names at work, and lets a new one answer as soon as it has
 * read as much of the log as the one that answers now.
 */
export function createViewGenerations(base: ViewBase): RunningView {
  const { registry, answering, letters } = base.storage;
  const running: Running = { consumers: new Map(), answering: undefined };

  const reconcile = async (): Promise<void> => {
    const generations = await registry.list();
    running.answering = generations.find(({ state }) => state === 'active')?.number;
    await startMissing(generations, running, base);
    await stopRetired(generations, running);
    await switchWhenCaughtUp(generations, registry, base);
    await dropRetired(generations, registry, base);
  };

  return {
    reader: answering.reader,
    deadLetters: createDeadLetters({
      letters,
      unitOfWork: answering.unitOfWork,
      subscriptions: foldEvents,
    }),
    rebuild: async () => {
      await registry.begin();
      return progressOf(registry, base);
    },
    progress: () => progressOf(registry, base),
    answeringGroup: () =>
      running.answering === undefined ? undefined : groupOf({ number: running.answering }),
    answeringProgress: () =>
      running.answering === undefined ? undefined : running.consumers.get(running.answering)?.progress(),
    start: async () => {
      if ((await registry.list()).length === 0) await registry.begin();
      await reconcile();
      const run = async () => reconcile().then(() => 'done' as const);
      const job = startJob(
        { name: 'view-generations', everyMs: LOOK_EVERY_MS, run },
        base.environment,
        base.log,
      );
      const stopConsumers = () =>
        Promise.all([...running.consumers.values()].map((consumer) => consumer.stop()));
      return [{ name: 'view', stop: async () => void (await stopConsumers()) }, job];
    },
  };
}

interface Running {
  readonly consumers: Map<number, WatchedProgress>;
  answering: number | undefined;
}

const isAtWork = ({ state }: Generation) => state !== 'retired';

async function startMissing(
  generations: readonly Generation[],
  running: Running,
  base: ViewBase,
): Promise<void> {
  for (const generation of generations.filter(isAtWork)) {
    const { number } = generation;
    if (running.consumers.has(number)) continue;
    const answers = () => running.answering === number;
    running.consumers.set(number, await foldGeneration(generation, base, answers));
  }
}

async function stopRetired(generations: readonly Generation[], { consumers }: Running): Promise<void> {
  const atWork = new Set(generations.filter(isAtWork).map(({ number }) => number));
  for (const [number, consumer] of consumers) {
    if (atWork.has(number)) continue;
    consumers.delete(number);
    await consumer.stop();
  }
}

async function switchWhenCaughtUp(
  generations: readonly Generation[],
  registry: GenerationRegistry,
  { bus, log }: ViewBase,
): Promise<void> {
  const building = generations.find(({ state }) => state === 'building');
  const answering = generations.find(({ state }) => state === 'active');
  if (!building || !answering) return;
  const remaining = await remainingOf(bus, building);
  if (remaining > (await remainingOf(bus, answering))) return;
  if (!(await registry.activate(building.number))) return;
  log.info({ generation: building.number }, 'the rebuilt view answers now');
}

async function dropRetired(
  generations: readonly Generation[],
  registry: GenerationRegistry,
  { bus, environment }: ViewBase,
): Promise<void> {
  for (const generation of generations) {
    if (generation.state !== 'retired' || environment.now() - generation.changedAt < DROP_AFTER_MS) continue;
    await bus.deleteGroup(groupOf(generation));
    await registry.drop(generation);
  }
}

async function progressOf(registry: GenerationRegistry, { bus }: ViewBase): Promise<RebuildProgress> {
  const generations = await registry.list();
  const active = generations.find(({ state }) => state === 'active')?.number ?? 0;
  const building = generations.find(({ state }) => state === 'building');
  if (!building) return { state: 'idle', active, remaining: 0 };
  return { state: 'building', active, remaining: await remainingOf(bus, building) };
}

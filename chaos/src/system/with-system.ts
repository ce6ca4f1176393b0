import type { LinkName } from './links.ts';
import { type SystemUnderChaos, startSystem } from './start-system.ts';

/** Does the work with a system of its own, which is stopped and removed whatever happens, Ctrl-C included; `options` are those of `up`. */
export async function withSystem<T>(
  linked: readonly LinkName[],
  work: (system: SystemUnderChaos) => Promise<T>,
  options: readonly string[] = [],
): Promise<T> {
  const starting = startSystem(linked, options);
  const interrupt = async () => {
    await (await starting).dispose().catch((error) => console.error(error));
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const system = await starting;
  try {
    return await work(system);
  } finally {
    await system.dispose();
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

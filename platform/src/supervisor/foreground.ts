import type { System } from '../system.ts';
import { type RunningSystem, runSystem } from './run.ts';

/**
 * Runs the system under this process until SIGINT, SIGTERM, the end of the terminal, or `down` from elsewhere;
 * a second interrupt ends the services at once. Resolves to false where another process supervises it already.
 */
export async function runUntilInterrupted(
  system: System,
  tell: (event: string) => void,
  onReady: () => Promise<void>,
): Promise<boolean> {
  let running: RunningSystem | undefined;
  let interrupts = 0;
  const interrupt = () => {
    interrupts++;
    if (interrupts === 1) tell('stopping; once more to stop at once');
    else running?.hurry();
    void running?.down();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    const started = await runSystem(system, tell, (under) => {
      running = under;
      if (interrupts > 0) void under.down();
    });
    if (!started) return false;
    await onReady();
    await started.ended;
  } catch (error) {
    if (interrupts === 0) throw error;
  }
  tell('phone82 is stopped');
  return true;
}

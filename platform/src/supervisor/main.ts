import { systemFrom } from '../system.ts';
import type { BackgroundMessage } from './background.ts';
import { type RunningSystem, runSystem } from './run.ts';

/** The supervisor in the background: tells whoever started it how it goes until all is ready. */
const send = (message: BackgroundMessage) => {
  // Whoever waited may be gone at this moment.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};
const tell = (event: string) => {
  console.log(`${new Date().toISOString()} ${event}`);
  send({ event });
};

let running: RunningSystem | undefined;
const stop = () => (running ? void running.down() : process.exit(0));
process
  .on('SIGTERM', stop)
  .on('SIGINT', stop)
  .on('SIGHUP', () => undefined);
// Whoever started it gave up waiting before all was ready.
process.once('disconnect', stop);

try {
  const system = await systemFrom(process.env);
  const started = await runSystem(system, tell, (under) => {
    running = under;
  });
  process.removeListener('disconnect', stop);
  send(started ? { outcome: 'ready' } : { outcome: 'alreadyUp' });
  process.disconnect?.();
  await started?.ended;
  // Whoever asked for the end still gets the answer: the process ends by itself once that is out.
  setTimeout(() => process.exit(0), 2_000).unref();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error);
  send({ outcome: 'failed', message });
  process.exit(1);
}

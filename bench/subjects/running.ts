import type { Subject } from './subject.ts';

/** The systems that a benchmark has begun, so that none is left behind however it ends. */
export interface Running {
  begin(start: () => Promise<Subject>): Promise<Subject>;
  stop(): Promise<void>;
}

/** Ends them all, and this process, when it is interrupted or something goes wrong that nobody waits for. */
export function runUntilInterrupted(): Running {
  const begun: Promise<Subject>[] = [];
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    // What is just starting would be left behind: it is waited for. What can't be stopped keeps no other from it.
    const started = await Promise.allSettled(begun);
    const stops = started.map((one) => (one.status === 'fulfilled' ? one.value.stop() : undefined));
    const ends = await Promise.allSettled(stops);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  /** Once: whoever asks while it is under way must not end the process before it is done. */
  const stop = () => {
    stopped ??= stopAll();
    return stopped;
  };
  const end = () => void stop().finally(() => process.exit(1));
  process.once('SIGINT', end).once('SIGTERM', end);
  process.on('uncaughtException', (error) => {
    console.error(error);
    end();
  });
  return {
    begin: (start) => {
      // For good: what ends the process is under way.
      if (stopped) return new Promise(() => undefined);
      const subject = start();
      begun.push(subject);
      return subject;
    },
    stop,
  };
}

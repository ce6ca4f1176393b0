import type { Subject } from './subject.ts';

/** The systems that a benchmark has begun, so that none is left behind however it ends. */
export interface Running {
  begin(start: () => Promise<Subject>): Promise<Subject>;
  stop(): Promise<void>;
}

/** Ends them all, and this process, when it is interrupted. */
export function runUntilInterrupted(): Running {
  const begun: Promise<Subject>[] = [];
  let interrupted = false;
  /** What is just starting would be left behind: it is waited for. */
  const stop = async () => {
    for (const subject of await Promise.allSettled(begun.splice(0)))
      if (subject.status === 'fulfilled') await subject.value.stop();
  };
  const end = () => {
    interrupted = true;
    void stop().then(() => process.exit(1));
  };
  process.once('SIGINT', end).once('SIGTERM', end);
  return {
    begin: (start) => {
      // For good: what ends the process is under way.
      if (interrupted) return new Promise(() => undefined);
      const subject = start();
      begun.push(subject);
      return subject;
    },
    stop,
  };
}

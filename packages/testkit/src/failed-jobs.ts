/** Where a service under test writes its log: it keeps what failed jobs say, and drops the rest. */
export interface FailedJobs {
  write(line: string): void;
  /** @throws Error with the first failure, if a job failed. */
  none(): void;
}

/** A job that fails is tried again, and its test may never notice: a write that the database refuses shows in its log line alone. */
export function watchJobs(): FailedJobs {
  const failures: string[] = [];
  return {
    write: (line) => {
      if (line.includes('"job failed, will try again"')) failures.push(line);
    },
    none: () => {
      if (failures.length > 0) throw new Error(`${failures.length} times a job failed: ${failures[0]}`);
    },
  };
}

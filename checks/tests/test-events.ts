import { inspect } from 'node:util';

/** One event of node:test's stream. */
export interface TestEvent {
  readonly type: string;
  readonly data?: unknown;
}

export interface Outcome {
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly details: {
    readonly type?: string;
    readonly error?: Error & { readonly cause?: unknown; readonly failureType?: string };
  };
}

/** Why an outcome is none to be content with; undefined for a passed test, and for a group whose tests tell for themselves. */
export function faultOf(
  type: string,
  { name, file, skip, todo, details }: Outcome,
  hasGroupsNotRun = false,
): string | undefined {
  if (skip !== undefined) return because('skipped', skip);
  if (todo !== undefined) return because('marked as still to do', todo);
  // A file speaks for itself only when no test in it did.
  if (type === 'test:pass') return name === file && !hasGroupsNotRun ? 'holds no test' : undefined;
  const { error } = details;
  if (error?.failureType === 'subtestsFailed') return undefined;
  if (error?.failureType === 'testAborted')
    return 'did not end in time and was stopped: a test or an open handle holds it';
  const cause = error?.cause ?? error;
  return typeof cause === 'string' ? cause : inspect(cause, { depth: 4, breakLength: 110 });
}

/** Whether an outcome is a test that passed, and not a group of tests. */
export function isPassedTest(type: string, { details }: Outcome): boolean {
  return type === 'test:pass' && details.type !== 'suite';
}

const because = (what: string, why: string | boolean) =>
  typeof why === 'string' && why ? `${what}: ${why}` : what;

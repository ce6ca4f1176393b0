import { type ProblemCode, problems } from './problems.ts';
import { wholePause } from './retry-after.ts';

/** A refusal with a stable code; packages/http renders it as RFC 9457. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** Fill the `{name}`s of the code's text. */
  readonly params: Readonly<Record<string, string | number>>;
  /** When trying again may help, in whole seconds from 1 to 60: becomes `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    params: Readonly<Record<string, string | number>> = {},
    retryAfterSeconds?: number,
  ) {
    super(`${code}: ${problems[code].en}`);
    this.code = code;
    this.params = params;
    this.retryAfterSeconds = retryAfterSeconds === undefined ? undefined : wholePause(retryAfterSeconds);
  }

  get status(): number {
    return problems[this.code].status;
  }
}

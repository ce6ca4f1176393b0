import {
  bulkhead,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import type { Answer } from './answer.ts';
import { type CircuitOptions, type CircuitStateName, createCircuit } from './circuit.ts';
import type { Progress } from './progress.ts';

export interface GuardOptions {
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly maxWaitMs: number;
  readonly breaker: CircuitOptions;
  readonly random: () => number;
  onStateChange(state: CircuitStateName): void;
}

export interface GuardedCall {
  /** When our own caller stops waiting, on the clock of `performance.now()`; Infinity: never. */
  readonly deadlineAt: number;
  /** Whether the call ends with its deadline; if not, it only has to begin before. */
  readonly cutAtDeadline: boolean;
  /** `waitMs`: how long its answer will be waited for. */
  send(progress: Progress, signal: AbortSignal, waitMs: number): Promise<Answer>;
}

export interface Guard {
  run(call: GuardedCall): Promise<Answer>;
  state(): CircuitStateName;
}

/** A call that is over needs no end: to abort it as well would cost an error with its stack for each. */
const CUT = { strategy: TimeoutStrategy.Aggressive, abortOnReturn: false };
const TOO_LATE: Answer = { kind: 'notSent', reason: 'deadlinePassed', retryAfterMs: 0 };

/** How far a call came: whether it had its turn, and whether it began to leave. */
interface Course extends Progress {
  turn: 'awaited' | 'given' | 'notWanted';
}

/**
 * What one operation of one remote is called through. Waiting for a free place has a limit of its own: time
 * spent in our own queue says nothing about the remote, and must neither cut its answer off nor open the breaker.
 */
export function createGuard(options: GuardOptions): Guard {
  const { timeoutMs, maxConcurrent, maxQueued, maxWaitMs, breaker, random, onStateChange } = options;
  const circuit = createCircuit(breaker, onStateChange, random);
  const places = bulkhead(maxConcurrent, maxQueued);
  const attempt = wrap(timeout(timeoutMs, CUT), circuit.policy);
  const full: Answer = { kind: 'notSent', reason: 'bulkheadFull', retryAfterMs: timeoutMs };

  const takeTurn = async (call: GuardedCall, course: Course): Promise<Answer> => {
    if (course.turn === 'notWanted') return full;
    if (isLate(call)) return TOO_LATE;
    course.turn = 'given';
    const leftMs = call.deadlineAt - performance.now();
    const cuts = call.cutAtDeadline && leftMs < timeoutMs;
    const limited = cuts ? wrap(timeout(wholeMs(leftMs), CUT), attempt) : attempt;
    const send = async (signal: AbortSignal) =>
      whoseEnd(call, await call.send(course, signal, cuts ? leftMs : timeoutMs));
    return limited.execute(({ signal }) => send(signal));
  };
  const whyNot = (error: unknown, call: GuardedCall, course: Course): Answer => {
    if (course.started) return whoseEnd(call, { kind: 'unknown', reason: 'timeout' });
    if (isBulkheadRejectedError(error)) return full;
    if (isLate(call)) return TOO_LATE;
    const reason = isBrokenCircuitError(error) ? 'breakerOpen' : 'unreachable';
    return { kind: 'notSent', reason, retryAfterMs: circuit.reopensInMs() || timeoutMs };
  };
  return {
    state: circuit.state,
    run: (call) => {
      if (isLate(call)) return Promise.resolve(TOO_LATE);
      const course: Course = { started: false, turn: 'awaited' };
      const answer = places
        .execute(() => takeTurn(call, course))
        .catch((error) => whyNot(error, call, course));
      if (course.turn === 'given') return answer;
      const patienceMs = Math.min(maxWaitMs, call.deadlineAt - performance.now());
      return inTurn(course, patienceMs, answer).then((came) => came ?? (isLate(call) ? TOO_LATE : full));
    },
  };
}

/** The answer of a call that waits; undefined when it had no turn in time, which it then no longer takes. */
async function inTurn(
  course: Course,
  patienceMs: number,
  answer: Promise<Answer>,
): Promise<Answer | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((over) => {
    timer = setTimeout(over, wholeMs(patienceMs));
  });
  await Promise.race([patience, answer]);
  clearTimeout(timer);
  if (course.turn === 'given') return answer;
  course.turn = 'notWanted';
  return undefined;
}

const isLate = ({ deadlineAt }: GuardedCall) => performance.now() >= deadlineAt;

/** A timer may fire up to a millisecond early: when this one does, the deadline has surely passed. */
const wholeMs = (ms: number) => Math.ceil(ms) + 1;

/** A call without an answer ended by its own time-out, or because our caller stopped waiting: perhaps while it still connected. */
function whoseEnd(call: GuardedCall, answer: Answer): Answer {
  if (!call.cutAtDeadline || !isLate(call)) return answer;
  if (answer.kind === 'unknown' && answer.reason === 'timeout')
    return { kind: 'unknown', reason: 'deadlinePassed' };
  return answer.kind === 'notSent' && answer.reason === 'unreachable' ? TOO_LATE : answer;
}

import { currentContext, type Metrics, type TraceContext, type Tracer } from '@phone82/telemetry';
import { type Answer, isFailure, type RemoteRequest } from './answer.ts';
import { traced } from './call-span.ts';
import type { CircuitOptions, CircuitStateName } from './circuit.ts';
import { createGuard, type Guard } from './guard.ts';
import { measureRemote, type RemoteMeasures } from './measures.ts';
import { createRetryBudget, type RetryBudgetOptions } from './retry-budget.ts';
import type { Authorize } from './sending.ts';
import { createTransport, type Transport } from './transport.ts';

/** The part of a logger that a remote uses. */
export interface RemoteLog {
  warn(fields: object, message: string): void;
}

/** Without limits of its own a remote has {@link REMOTE_DEFAULTS}. */
export interface RemoteOptions {
  /** The other service's name, in logs and metrics. */
  readonly name: string;
  /** `http://localhost:8083`, with or without a path. */
  readonly baseUrl: string;
  /** For a call, from the moment it leaves our queue. */
  readonly timeoutMs?: number;
  /** Operations that may take another time than `timeoutMs`: listings for people and daily jobs. */
  readonly operationTimeoutsMs?: Readonly<Record<string, number>>;
  /** Calls of one operation under way at once. */
  readonly maxConcurrent?: number;
  /** Calls of one operation that wait for their turn. */
  readonly maxQueued?: number;
  /** How long a call waits for its turn before it is given up, unsent. */
  readonly maxWaitMs?: number;
  readonly breaker?: CircuitOptions;
  /** How many calls may be repetitions, over all operations. */
  readonly retryBudget?: RetryBudgetOptions;
  /** Operations to show as closed before they are first called. */
  readonly operations?: readonly string[];
  readonly log: RemoteLog;
  readonly metrics?: Metrics;
  /** Records a span of each call. Default: none are recorded. */
  readonly tracer?: Tracer | undefined;
  /** Told when a breaker changes, after it was logged. */
  onStateChange?(operation: string, state: CircuitStateName): void;
  /** In [0, 1). Default Math.random. */
  readonly random?: () => number;
  /** Gives the `Authorization` of a call. Default: calls have none. */
  readonly authorize?: Authorize | undefined;
  /** What carries the calls. Default: HTTP. */
  readonly transport?: Transport;
}

/** How long and how many, where nothing else is said. Times in milliseconds. */
export const REMOTE_DEFAULTS = {
  timeoutMs: 610,
  maxConcurrent: 64,
  maxQueued: 512,
  maxWaitMs: 5_000,
} as const;

/** A service that we call. */
export interface Remote {
  readonly name: string;
  /** Calls once, never again by itself: whoever keeps the intent decides about another try. Never rejects. */
  call(request: RemoteRequest): Promise<Answer>;
  breakers(): readonly {
    readonly remote: string;
    readonly operation: string;
    readonly state: CircuitStateName;
  }[];
  /** Waits for the calls under way. */
  close(): Promise<void>;
}

/**
 * A client with a time limit, a breaker and a bulkhead for each operation, over kept-alive connections. It
 * keeps to the deadline of the request at hand, and tells the other side how long the answer is waited for.
 */
export function createRemote(options: RemoteOptions): Remote {
  const { name, baseUrl, operations = [], authorize } = options;
  const { timeoutMs, maxConcurrent } = limitsOf(options);
  const transport =
    options.transport ??
    createTransport(baseUrl, { connections: maxConcurrent, connectTimeoutMs: timeoutMs, authorize });
  const budget = createRetryBudget(options.retryBudget);
  const measures = measureRemote(name, options.metrics);
  const guards = new Map<string, Guard>();
  const guardOf = (operation: string): Guard => {
    const known = guards.get(operation);
    if (known) return known;
    const guard = createOperation(operation, options, measures);
    guards.set(operation, guard);
    return guard;
  };
  const send = async (request: RemoteRequest, context: TraceContext | undefined): Promise<Answer> => {
    if (!request.isRetry) budget.deposit();
    else if (!budget.spend()) return OVER_BUDGET;
    const answer = await guardOf(request.operation).run({
      deadlineAt: context?.deadlineAt ?? Number.POSITIVE_INFINITY,
      cutAtDeadline: request.deadline !== 'admits',
      send: (progress, signal, waitMs) => transport.send({ request, context, progress, signal, waitMs }),
    });
    // What succeeded, or never left, was no burden: after an outage the backlog goes as fast as it is taken.
    if (request.isRetry && (answer.kind === 'notSent' || !isFailure(answer))) budget.giveBack();
    return answer;
  };
  operations.forEach(guardOf);
  return {
    name,
    call: async (request) => {
      const startedAt = performance.now();
      const answer = await traced(options, request, currentContext(), (context) => send(request, context));
      measures.call(request.operation, answer, performance.now() - startedAt);
      return answer;
    },
    breakers: () =>
      [...guards].map(([operation, guard]) => ({ remote: name, operation, state: guard.state() })),
    close: () => transport.close(),
  };
}

const limitsOf = ({
  timeoutMs = REMOTE_DEFAULTS.timeoutMs,
  maxConcurrent = REMOTE_DEFAULTS.maxConcurrent,
  maxQueued = REMOTE_DEFAULTS.maxQueued,
  maxWaitMs = REMOTE_DEFAULTS.maxWaitMs,
}: RemoteOptions) => ({ timeoutMs, maxConcurrent, maxQueued, maxWaitMs });

const OVER_BUDGET: Answer = { kind: 'notSent', reason: 'retryBudgetSpent', retryAfterMs: 1_000 };

function createOperation(operation: string, options: RemoteOptions, measures: RemoteMeasures): Guard {
  const { name: remote, breaker = {}, random = Math.random, log, operationTimeoutsMs = {} } = options;
  const limits = limitsOf(options);
  const onStateChange = (state: CircuitStateName) => {
    log.warn({ remote, operation, state }, 'breaker changed');
    measures.breaker(operation, state);
    options.onStateChange?.(operation, state);
  };
  measures.breaker(operation, 'closed');
  const timeoutMs = operationTimeoutsMs[operation] ?? limits.timeoutMs;
  return createGuard({ ...limits, timeoutMs, breaker, random, onStateChange });
}

import type { Chance } from '../engine/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { Faults } from '../faults/faults.ts';
import type { SimulatedAnswer, SimulatedRequest } from './exchange.ts';

/** What a caller learns: an answer, a closed door, a broken connection, or nothing ever. */
export type Reply =
  | ({ readonly kind: 'answered' } & SimulatedAnswer)
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken' };

/** Answers a request; undefined breaks the connection. */
export type Respond = (request: SimulatedRequest) => Promise<SimulatedAnswer | undefined>;

/** Where requests for a service can arrive: one of its processes. */
export interface Endpoint {
  readonly process: SimulatedProcess;
  /** Set while it listens. */
  respond: Respond | undefined;
  /** Packets to and from it vanish until then. */
  unreachableUntil: number;
  /** How to tell those whose requests are under way that the connection broke. */
  readonly waiting: Set<() => void>;
}

export interface NetworkOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly chance: Chance;
  crash(process: SimulatedProcess): void;
  disturb(process: SimulatedProcess): void;
}

/** Carries requests between processes. Each takes a while, and each can get lost, doubled or late, on both ways. */
export class Network {
  readonly #options: NetworkOptions;
  readonly #endpoints = new Map<string, Endpoint[]>();

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  add(endpoint: Endpoint): void {
    const { service } = endpoint.process;
    this.#endpoints.set(service, [...(this.#endpoints.get(service) ?? []), endpoint]);
  }

  /** Requests that still have to arrive or be answered. */
  get underWay(): number {
    return [...this.#endpoints.values()].flat().reduce((sum, { waiting }) => sum + waiting.size, 0);
  }

  /** Calls `reply` at most once; never, when nothing comes back. `onStart`: the request began to leave. */
  send(
    from: SimulatedProcess,
    service: string,
    request: SimulatedRequest,
    reply: (reply: Reply) => void,
    onStart: () => void = () => undefined,
  ): void {
    const { scheduler, faults, chance, disturb, crash } = this.#options;
    if (scheduler.isDead(from)) return;
    disturb(from);
    if (from.service !== 'client' && faults.strikes('crash before a call')) {
      crash(from);
      return;
    }
    const endpoint = chance.pick(this.#endpoints.get(service) ?? []);
    if (faults.strikes('service unreachable for a while'))
      endpoint.unreachableUntil = scheduler.now + faults.duration(300, 6_000);
    if (!endpoint.process.up) {
      scheduler.plan(this.#latency(), `${service}: refused`, () => reply({ kind: 'refused' }), from);
      return;
    }
    onStart();
    const answer = this.#once(from, service, endpoint, reply);
    if (faults.strikes('request lost')) {
      this.#lose(answer);
      return;
    }
    this.#deliver(service, endpoint, request, answer);
    if (faults.strikes('request delivered twice'))
      scheduler.plan(faults.duration(1, 300), `${service}: again`, () =>
        this.#deliver(service, endpoint, request, () => undefined),
      );
  }

  #deliver(
    service: string,
    endpoint: Endpoint,
    request: SimulatedRequest,
    answer: (reply: Reply) => void,
  ): void {
    const { scheduler, faults, crash } = this.#options;
    const broken = () => answer({ kind: 'broken' });
    endpoint.waiting.add(broken);
    const end = (reply?: Reply) => {
      endpoint.waiting.delete(broken);
      if (reply) answer(reply);
    };
    const arrive = () => {
      if (endpoint.unreachableUntil > scheduler.now) return end();
      if (!endpoint.process.up) return end({ kind: 'refused' });
      scheduler.plan(0, `${service}: ${request.method} ${pathOf(request)}`, handle, endpoint.process);
    };
    const handle = () => {
      const { respond } = endpoint;
      if (!respond) return end({ kind: 'refused' });
      respond(request).then(
        (answered) => {
          if (faults.strikes('crash after a call')) return crash(endpoint.process);
          if (endpoint.unreachableUntil > scheduler.now) return end();
          end(answered ? { kind: 'answered', ...answered } : { kind: 'broken' });
        },
        () => end({ kind: 'broken' }),
      );
    };
    scheduler.plan(this.#latency(), `${service}: arrives`, arrive);
  }

  /** The way back: the first answer counts, if it gets there. */
  #once(from: SimulatedProcess, service: string, endpoint: Endpoint, reply: (reply: Reply) => void) {
    const { scheduler, faults } = this.#options;
    const { incarnation } = from;
    let answered = false;
    return (answer: Reply) => {
      if (answered) return;
      answered = true;
      if (answer.kind === 'answered' && faults.strikes('reply lost')) {
        if (faults.duration(0, 1) < 0.5) return;
        answer = { kind: 'broken' };
      }
      const late =
        faults.strikes('reply late') || (service === 'marketing' && faults.strikes('marketing slow'));
      const delay = late ? faults.duration(200, 5_000) : this.#latency();
      const deliver = () => {
        if (endpoint.unreachableUntil <= scheduler.now) reply(answer);
      };
      scheduler.plan(
        delay,
        `${service}: ${answer.kind === 'answered' ? answer.status : answer.kind}`,
        deliver,
        from,
        incarnation,
      );
    };
  }

  /** A lost request is noticed by a broken connection, or not at all. */
  #lose(answer: (reply: Reply) => void): void {
    const { scheduler, faults } = this.#options;
    if (faults.duration(0, 1) < 0.5) return;
    scheduler.plan(this.#latency(), 'connection broken', () => answer({ kind: 'broken' }));
  }

  #latency(): number {
    const { chance, faults } = this.#options;
    if (faults.strikes('slow moment')) return faults.duration(20, 700);
    return 0.1 + chance.next() ** 4 * 8;
  }
}

const pathOf = ({ url }: SimulatedRequest) => url.replaceAll(/\d+/g, 'n');

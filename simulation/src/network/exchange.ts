import { Problem } from '@phone82/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface SimulatedRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface SimulatedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Part = 'params' | 'querystring' | 'body';
type Check = (value: unknown) => { value?: unknown; error?: unknown };
export type HookName =
  | 'onRequest'
  | 'preValidation'
  | 'preHandler'
  | 'preSerialization'
  | 'onSend'
  | 'onResponse';
type Hook = (...values: unknown[]) => unknown;
export type Hooks = Record<HookName, Hook[]>;

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly segments: readonly string[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly checks: readonly { readonly part: Part; readonly check: Check }[];
  handler(request: FastifyRequest, reply: FastifyReply): unknown;
}

/** One request and its answer, through the hooks in the order in which fastify calls them. */
export class Exchange {
  readonly #hooks: Hooks;
  readonly #route: Route | undefined;
  readonly #request: Record<string, unknown>;
  readonly #reply: FastifyReply;
  readonly #headers = new Map<string, string>();
  readonly #done = Promise.withResolvers<SimulatedAnswer>();
  readonly onError: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void;
  #status = 200;
  #serialize: (payload: unknown) => string = JSON.stringify;
  #sent = false;

  constructor(
    incoming: SimulatedRequest,
    routes: readonly Route[],
    hooks: Hooks,
    onError: Exchange['onError'],
  ) {
    this.#hooks = hooks;
    this.onError = onError;
    const url = new URL(incoming.url, 'http://simulated');
    const segments = url.pathname.split('/');
    this.#route = routes.find(
      (route) => route.method === incoming.method && matches(route.segments, segments),
    );
    this.#request = {
      ...incoming,
      params: paramsOf(this.#route?.segments ?? [], segments),
      query: Object.fromEntries(url.searchParams),
      protocol: 'http',
      host: 'simulated',
      log: { warn: () => undefined, error: () => undefined },
      routeOptions: { config: this.#route?.config ?? {}, url: this.#route?.path },
      raw: { on: () => undefined },
    };
    this.#reply = this.#replyObject();
  }

  run(): Promise<SimulatedAnswer> {
    this.#through('onRequest', [], () =>
      this.#through('preValidation', [], () =>
        this.#guarded(() => {
          this.#validate();
          this.#through('preHandler', [], () => this.#guarded(() => this.#handle()));
        }),
      ),
    );
    return this.#done.promise;
  }

  #handle(): void {
    Promise.resolve(this.#route?.handler(this.#request as never, this.#reply)).then(
      (payload) => {
        if (!this.#sent && payload !== this.#reply) this.#send(payload);
      },
      (error) => this.#fail(error),
    );
  }

  #validate(): void {
    if (!this.#route) throw new Problem('not-found');
    for (const { part, check } of this.#route.checks) {
      const field = part === 'querystring' ? 'query' : part;
      const { value, error } = check(this.#request[field]);
      if (error) throw Object.assign(new Error('not valid'), { validation: error, validationContext: part });
      this.#request[field] = value;
    }
  }

  #fail(error: unknown): void {
    this.#sent = false;
    this.#guarded(() => this.onError(error, this.#request as never, this.#reply));
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (this.#sent) this.#done.reject(error);
      else this.#fail(error);
    }
  }

  /** Hooks come in both of fastify's kinds: with a callback, or with a promise. */
  #through(name: HookName, values: readonly unknown[], next: () => void): void {
    const hooks = this.#hooks[name];
    const from = (index: number): void => {
      const hook = hooks[index];
      const given = [this.#request, this.#reply, ...values];
      if (!hook) next();
      else if (hook.length > given.length) hook(...given, () => from(index + 1));
      else
        Promise.resolve()
          .then(() => hook(...given))
          .then(
            () => (name === 'preHandler' && this.#sent ? undefined : from(index + 1)),
            (error) => this.#fail(error),
          );
    };
    from(0);
  }

  #send(payload: unknown): FastifyReply {
    this.#sent = true;
    const isObject = payload !== null && typeof payload === 'object';
    const serialized = () => {
      const body = payload === undefined ? '' : this.#serialize(payload);
      this.#through('onSend', [body], () =>
        this.#through('onResponse', [], () =>
          this.#done.resolve({ status: this.#status, headers: Object.fromEntries(this.#headers), body }),
        ),
      );
    };
    if (isObject) this.#through('preSerialization', [payload], serialized);
    else serialized();
    return this.#reply;
  }

  #replyObject(): FastifyReply {
    const set = (name: string, value: unknown) => {
      if (value !== undefined) this.#headers.set(name.toLowerCase(), String(value));
    };
    const exchange = this;
    const reply = {
      elapsedTime: 0,
      get statusCode() {
        return exchange.#status;
      },
      code: (status: number) => {
        exchange.#status = status;
        return reply;
      },
      header: (name: string, value: unknown) => {
        set(name, value);
        return reply;
      },
      headers: (all: Record<string, unknown>) => {
        for (const [name, value] of Object.entries(all)) set(name, value);
        return reply;
      },
      hasHeader: (name: string) => exchange.#headers.has(name),
      getHeader: (name: string) => exchange.#headers.get(name),
      serializer: (serialize: (payload: unknown) => string) => {
        exchange.#serialize = serialize;
        return reply;
      },
      send: (payload: unknown) => exchange.#send(payload),
    };
    return reply as unknown as FastifyReply;
  }
}

const matches = (pattern: readonly string[], path: readonly string[]) =>
  pattern.length === path.length &&
  pattern.every((segment, index) => segment.startsWith(':') || segment === path[index]);

function paramsOf(pattern: readonly string[], path: readonly string[]): Record<string, string> {
  const entries = pattern.flatMap((segment, index) =>
    segment.startsWith(':') ? [[segment.slice(1), decodeURIComponent(path[index] ?? '')]] : [],
  );
  return Object.fromEntries(entries);
}

import {
  answerProblems,
  authorizeRequests,
  type HttpServer,
  markHal,
  refuseLateRequests,
  rememberAnswers,
  traceRequests,
  validatorCompiler,
} from '@phone82/http';
import type { IdempotencyStore } from '@phone82/persistence';
import type { Logger, Metrics } from '@phone82/telemetry';
import { simulatedSignIn } from '../clients/sign-in.ts';
import {
  Exchange,
  type HookName,
  type Hooks,
  type Route,
  type SimulatedAnswer,
  type SimulatedRequest,
} from './exchange.ts';

/** What a service answers requests with: its own routes and hooks, without sockets and without a framework. */
export interface SimulatedHttpServer {
  handle(request: SimulatedRequest): Promise<SimulatedAnswer>;
}

const silent = new Proxy({}, { get: () => () => false }) as Logger;
const noMetric = {
  inc: () => undefined,
  observe: () => undefined,
  set: () => undefined,
  labels: () => noMetric,
};
const unmeasured = {
  httpDuration: noMetric,
  counter: () => noMetric,
  gauge: () => noMetric,
} as unknown as Metrics;

/** Takes the routes that a service adds, and the hooks by which every service traces, refuses and remembers. */
export function createSimulatedHttpServer(
  addRoutes: (server: HttpServer) => void,
  idempotency: IdempotencyStore,
): SimulatedHttpServer {
  const hooks: Hooks = {
    onRequest: [],
    preValidation: [],
    preHandler: [],
    preSerialization: [],
    onSend: [],
    onResponse: [],
  };
  const routes: Route[] = [];
  let onError: Exchange['onError'] | undefined;
  const add =
    (method: string) =>
    (path: string, ...rest: unknown[]) =>
      void routes.push(routeOf(method, path, rest as never));
  const server = {
    get: add('GET'),
    post: add('POST'),
    put: add('PUT'),
    patch: add('PATCH'),
    delete: add('DELETE'),
    addHook: (name: string, hook: never) => hooks[name as HookName]?.push(hook),
    decorateRequest: () => undefined,
    setErrorHandler: (handler: Exchange['onError']) => {
      onError = handler;
    },
    removeAllContentTypeParsers: () => undefined,
    addContentTypeParser: () => undefined,
    register: (plugin: (scope: unknown) => unknown) => plugin(server),
    draining: new AbortController().signal,
  } as unknown as HttpServer;
  traceRequests(server, silent, unmeasured);
  refuseLateRequests(server, unmeasured);
  answerProblems(server);
  markHal(server);
  authorizeRequests(server, simulatedSignIn);
  rememberAnswers(server, idempotency);
  addRoutes(server);
  return {
    handle: (request) => new Exchange(request, routes, hooks, onError as Exchange['onError']).run(),
  };
}

type Rest = [handler: Route['handler']] | [options: RouteOptions, handler: Route['handler']];
interface RouteOptions {
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
}

const parts = ['params', 'querystring', 'body'] as const;

function routeOf(method: string, path: string, rest: Rest): Route {
  const [options, handler] = rest.length === 2 ? rest : [{}, rest[0]];
  const checks = parts.flatMap((part) => {
    const schema = options.schema?.[part];
    return schema ? [{ part, check: compiled(schema as object) }] : [];
  });
  return { method, path, segments: path.split('/'), config: options.config ?? {}, checks, handler };
}

const validators = new WeakMap<object, Route['checks'][number]['check']>();

/** Every incarnation adds the same schemas: each is compiled once. */
function compiled(schema: object): Route['checks'][number]['check'] {
  const known = validators.get(schema) ?? (validatorCompiler({ schema } as never) as never);
  validators.set(schema, known);
  return known;
}

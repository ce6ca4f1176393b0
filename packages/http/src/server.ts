import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Authenticate } from '@phone82/access';
import type { IdempotencyStore } from '@phone82/persistence';
import type { Logger, Metrics, Tracer } from '@phone82/telemetry';
import { type FastifyBaseLogger, fastify, LogController } from 'fastify';
import { type AdmissionOptions, admitRequests } from './admission.ts';
import { authorizeRequests } from './authorize.ts';
import { acceptBatches } from './batch-route.ts';
import { answerClientErrors, followExchanges } from './client-errors.ts';
import { readContent } from './content.ts';
import { refuseLateRequests } from './deadline.ts';
import { startDrainable } from './drain.ts';
import { markHal } from './hal.ts';
import { addHealth, type BreakerState } from './health.ts';
import type { HttpServer } from './http-server.ts';
import { rememberAnswers } from './idempotency.ts';
import { addOpenapi, type OpenapiOptions } from './openapi.ts';
import { answerFrameworkError, answerProblems } from './problem-answers.ts';
import type { ReadinessCheck } from './readiness.ts';
import { refuseUnusableAddresses } from './request-address.ts';
import { readTargets, type TargetOptions } from './request-target.ts';
import { secureAnswers } from './secure-answers.ts';
import { createTrail, traceRequests } from './tracing.ts';
import { answerUnknownAddresses } from './unknown-address.ts';
import { validatorCompiler } from './validation.ts';

/** How long a request's body may be, where a service says nothing else. */
export const BODY_LIMIT_BYTES = 16 * 1024;

export interface HttpServerOptions extends TargetOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Says who sends a request. What they may do is declared by each route's `access`; a route without it stops the start. */
  readonly authenticate: Authenticate;
  /** Records a span of each request. Default: none are recorded. */
  readonly tracer?: Tracer | undefined;
  /** What `/readyz` reports. Default: nothing. */
  readonly checks?: readonly ReadinessCheck[];
  /** What `/breakers` shows. Default: nothing. */
  breakers?(): readonly BreakerState[];
  /** Describes the API at `/openapi.json`; without it there is no such page. */
  readonly openapi?: OpenapiOptions;
  /**
   * Whose `X-Forwarded-*` headers count: addresses, networks, or the names `loopback`, `linklocal`,
   * `uniquelocal`; false for no one. Default: callers on this machine and in private networks.
   */
  readonly trustProxy?: string | false;
  /** Remembers the answers of routes that act once. Default: nothing is remembered. */
  readonly idempotency?: IdempotencyStore;
  /** When requests are refused for overload. */
  readonly admission?: AdmissionOptions;
  /** Bytes. Default 16 KiB. */
  readonly bodyLimit?: number;
}

/** A server that refuses, sheds load, traces, measures, describes itself and drains as every service does. Routes are added by the caller. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { log, metrics, checks = [], trustProxy = 'loopback, linklocal, uniquelocal' } = options;
  const server: HttpServer = fastify({
    loggerInstance: log as FastifyBaseLogger,
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy,
    bodyLimit: options.bodyLimit ?? BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 255 },
    rewriteUrl: readTargets(options),
    // Node's own answer to a request without a Host is no problem document.
    http: { requireHostHeader: false },
    clientErrorHandler: answerClientErrors,
    frameworkErrors: answerFrameworkError,
  }).withTypeProvider<TypeBoxTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  // V8's own serializer outruns compiled ones on records this small, and drops no field that a schema forgot.
  server.setSerializerCompiler(() => JSON.stringify);
  followExchanges(server);
  startDrainable(server);
  traceRequests(server, log, metrics, options.tracer);
  refuseUnusableAddresses(server);
  secureAnswers(server);
  answerProblems(server);
  answerUnknownAddresses(server);
  readContent(server);
  markHal(server);
  const refuseLate = refuseLateRequests(server, metrics);
  rememberAnswers(server, options.idempotency);
  const admit = admitRequests(server, metrics, options.admission);
  authorizeRequests(server, options.authenticate);
  acceptBatches(server, { trail: createTrail(log, metrics, options.tracer), admit, refuseLate });
  if (options.openapi) await addOpenapi(server, options.openapi);
  addHealth(server, { metrics, checks, breakers: options.breakers });
  return server;
}

export { Problem } from '@phone82/contracts';
export type { AdmissionOptions } from './admission.ts';
export { authorizeRequests } from './authorize.ts';
export { addBatchRoute, type BatchRoute } from './batch-route.ts';
export { dayRange, periodOf } from './day-range.ts';
export { DEADLINE_HEADER, refuseLateRequests } from './deadline.ts';
export type { Drain, DrainTimes } from './drain.ts';
export {
  type HalNames,
  type HalPage,
  type HalRecord,
  type Link,
  type Links,
  markHal,
  page,
  record,
} from './hal.ts';
export type { BreakerState } from './health.ts';
export type { HttpServer } from './http-server.ts';
export { actsOnce, keyOfPrincipal, rememberAnswers } from './idempotency.ts';
export { preferredLanguage } from './language.ts';
export { type ListeningServer, type ListenOptions, listen } from './listen.ts';
export type { OpenapiOptions } from './openapi.ts';
export { admissionOptions, overloadConfig } from './overload-config.ts';
export { idParams, pageQuery } from './page-query.ts';
export { critical, unlimited } from './priority.ts';
export { answerProblems } from './problem-answers.ts';
export { publicAddress } from './public-address.ts';
export { addReadRoutes, type ReadRoutes } from './read-routes.ts';
export type { Readiness, ReadinessCheck } from './readiness.ts';
export { pageResponse, problemResponses, recordResponse, responseHeaders } from './responses.ts';
export { BODY_LIMIT_BYTES, createHttpServer, type HttpServerOptions } from './server.ts';
export { traceRequests } from './tracing.ts';
export { validatorCompiler } from './validation.ts';

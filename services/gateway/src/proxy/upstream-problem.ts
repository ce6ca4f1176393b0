import { Problem } from '@phone82/contracts';

/** With these, not a byte of the request can have reached the service. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** With these, our own client refused to send the request as it is. */
const unsendable = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);
const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Why there is no answer: the service is not to be had, or it may have acted without our learning of it. */
export function upstreamProblem(method: string, error: Error): Problem {
  if (error.cause instanceof Problem) return error.cause;
  if (unsendable.has(codeOf(error))) return new Problem('request-invalid', { reason: error.message });
  if (harmless.has(method) || neverSent.has(codeOf(error))) return new Problem('service-unavailable', {}, 1);
  return new Problem('outcome-unknown', {}, 1);
}

function codeOf(error: Error): string {
  const { code } = (error.cause ?? error) as { code?: string };
  return code ?? '';
}

import { incomingContext, type TraceContext, type Tracer } from '@phone82/telemetry';
import { type Answer, isFailure, type RemoteRequest } from './answer.ts';

/** Makes a call within a span of its own, which the other side sees as its cause; without a tracer, as it is. */
export async function traced(
  { name, tracer }: { readonly name: string; readonly tracer?: Tracer | undefined },
  { operation, method, path }: RemoteRequest,
  context: TraceContext | undefined,
  call: (context: TraceContext | undefined) => Promise<Answer>,
): Promise<Answer> {
  if (!tracer) return call(context);
  const span = tracer.start({
    name: `${name} ${operation}`,
    kind: 'client',
    parent: context?.traceparent,
    attributes: { 'peer.service': name, 'http.request.method': method, 'url.path': path },
  });
  const answer = await call({ ...(context ?? incomingContext({})), traceparent: span.traceparent });
  span.end(outcomeOf(answer));
  return answer;
}

function outcomeOf(answer: Answer) {
  if (answer.kind !== 'answered')
    return { attributes: { 'error.type': answer.reason }, error: answer.reason };
  const attributes = { 'http.response.status_code': answer.status };
  return { attributes, error: isFailure(answer) ? String(answer.status) : undefined };
}

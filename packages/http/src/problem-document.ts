import { type Problem, type ProblemCode, type ProblemResource, problems } from '@phone82/contracts';
import type { Language } from './language.ts';

/** The name of a kind of problem, as an identifier that needs no host: `urn:phone82:problem:item-unknown`. */
const problemType = (code: ProblemCode): string => `urn:phone82:problem:${code}`;

/** RFC 9457, in the client's language. Facts such as a decline code go along, so that a client need not read them out of the text. */
export function problemDocument(
  { code, params }: Pick<Problem, 'code' | 'params'>,
  language: Language,
  request: { readonly path: string; readonly correlationId: string },
): ProblemResource {
  const { status, [language]: text } = problems[code];
  const { reason, ...facts } = params;
  return {
    ...facts,
    type: problemType(code),
    title: titleOf(code),
    status,
    code,
    detail: fill(text, params),
    instance: request.path,
    correlationId: request.correlationId,
  };
}

function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function fill(text: string, params: Problem['params']): string {
  return text.replaceAll(/\{(\w+)\}/g, (slot, name: string) => String(params[name] ?? slot));
}

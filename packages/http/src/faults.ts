import type { TLocalizedValidationError, TValidationError } from 'typebox/error';
import { Locale } from 'typebox/system';
import type { Language } from './language.ts';

const words = {
  ko: {
    unknownField: (names: string) => `모르는 필드: ${names}`,
    oneOf: (values: string) => `${values} 중 하나여야 합니다`,
    parts: { body: '본문', querystring: '질의' },
    inWords: Locale.ko_KR,
  },
  en: {
    unknownField: (names: string) => `unknown field: ${names}`,
    oneOf: (values: string) => `must be one of ${values}`,
    parts: { body: 'the body', querystring: 'the query' },
    inWords: Locale.en_US,
  },
};

/** What is wrong with a part of a request, in words: `qty: must be integer`. */
export function describeFaults(
  errors: readonly TLocalizedValidationError[],
  part: 'body' | 'querystring',
  language: Language,
): string {
  const faults = errors.filter(tellsSomething).map((error) => describeFault(error, part, language));
  return [...new Set(faults)].join('; ');
}

/** Left out: that a union failed, or that null would have done; its other alternatives say what to send. */
function tellsSomething(error: TValidationError): boolean {
  if (error.keyword === 'type') return error.params.type !== 'null';
  return error.keyword !== 'anyOf' && error.keyword !== 'boolean';
}

function describeFault(error: TValidationError, part: 'body' | 'querystring', language: Language): string {
  const { unknownField, oneOf, parts, inWords } = words[language];
  if (error.keyword === 'additionalProperties')
    return unknownField(error.params.additionalProperties.join(', '));
  const place = error.instancePath.slice(1).replaceAll('/', '.') || parts[part];
  if (error.keyword === 'const') return `${place}: ${oneOf(JSON.stringify(error.params.allowedValue))}`;
  if (error.keyword === 'enum')
    return `${place}: ${oneOf(error.params.allowedValues.map((value) => JSON.stringify(value)).join(', '))}`;
  return `${place}: ${inWords(error)}`;
}

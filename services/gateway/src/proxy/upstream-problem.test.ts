import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upstreamProblem } from './upstream-problem.ts';

const failure = (code: string) => new Error('failed', { cause: Object.assign(new Error(), { code }) });
const cases: readonly [method: string, code: string, problem: string][] = [
  ['POST', 'ECONNREFUSED', 'service-unavailable'],
  ['POST', 'ENOTFOUND', 'service-unavailable'],
  ['POST', 'UND_ERR_CONNECT_TIMEOUT', 'service-unavailable'],
  ['POST', 'UND_ERR_SOCKET', 'outcome-unknown'],
  ['PATCH', 'ECONNRESET', 'outcome-unknown'],
  ['POST', 'UND_ERR_HEADERS_TIMEOUT', 'outcome-unknown'],
  ['POST', 'UND_ERR_INVALID_ARG', 'request-invalid'],
  ['GET', 'UND_ERR_NOT_SUPPORTED', 'request-invalid'],
  ['GET', 'UND_ERR_SOCKET', 'service-unavailable'],
  ['GET', 'UND_ERR_HEADERS_TIMEOUT', 'service-unavailable'],
];

for (const [method, code, problem] of cases) {
  test(`a ${method} that ends in ${code} is ${problem}`, () => {
    assert.equal(upstreamProblem(method, failure(code)).code, problem);
  });
}

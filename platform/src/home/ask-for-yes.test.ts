import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { askForYes } from './ask-for-yes.ts';

describe('a question is answered by yes', () => {
  const asked = (typed: string) => {
    const input = new PassThrough();
    const answer = askForYes('wipe? ', input, new PassThrough());
    input.end(typed);
    return answer;
  };

  for (const typed of ['yes\n', ' YES \n'])
    test(`where it is ${JSON.stringify(typed)}`, async () => assert.equal(await asked(typed), true));
  for (const typed of ['no\n', 'y\n', '\n', ''])
    test(`not where it is ${JSON.stringify(typed)}`, { timeout: 5_000 }, async () =>
      assert.equal(await asked(typed), false),
    );
});

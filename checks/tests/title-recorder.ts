import { writeSync } from 'node:fs';

export { mock, run, snapshot } from 'node:test';

const TITLES = 3;
const groups: string[] = [];

const record = (title: string) =>
  writeSync(TITLES, `${[...groups, title].join(' › ').replaceAll(/\s+/g, ' ')}\n`);

function test(title: string): void {
  record(title);
}

function describe(title: string, ...rest: readonly unknown[]): void {
  groups.push(title);
  const tests = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
  tests?.();
  groups.pop();
}

const ignore = () => undefined;

export {
  describe,
  describe as suite,
  ignore as after,
  ignore as afterEach,
  ignore as before,
  ignore as beforeEach,
  test,
  test as it,
};
export default Object.assign(test, { test, describe, suite: describe, it: test });

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { GroupCommit } from './group-commit.ts';

function recorded(commit: () => void = () => undefined) {
  const steps: string[] = [];
  const commits = new GroupCommit({
    begin: () => steps.push('begin'),
    commit: () => {
      commit();
      steps.push('commit');
    },
    rollback: () => steps.push('rollback'),
  });
  const work = (name: string) => commits.run(() => steps.push(name)).then(() => steps.push(`${name} done`));
  return { steps, commits, work };
}

describe('work of one turn', () => {
  test('shares a commit, and is done only then', async () => {
    const { steps, work } = recorded();
    await Promise.all([work('a'), work('b')]);
    assert.deepEqual(steps, ['begin', 'a', 'b', 'commit', 'a done', 'b done']);
  });

  test('of the next turn gets a commit of its own', async () => {
    const { steps, work } = recorded();
    await work('a');
    await work('b');
    assert.deepEqual(steps, ['begin', 'a', 'commit', 'a done', 'begin', 'b', 'commit', 'b done']);
  });

  test('fails together when the commit fails, and the next work starts anew', async () => {
    let full = true;
    const { steps, work } = recorded(() => {
      if (full) throw new Error('disk full');
    });
    const outcomes = await Promise.allSettled([work('a'), work('b')]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    full = false;
    await work('c');
    assert.deepEqual(steps, ['begin', 'a', 'b', 'rollback', 'begin', 'c', 'commit', 'c done']);
  });

  test('fails together when a part of it throws: nobody is told of what was undone', async () => {
    const { steps, commits, work } = recorded();
    const before = work('a');
    const failing = commits.run(() => {
      throw new Error('no such payment');
    });
    await assert.rejects(failing, /no such payment/);
    await assert.rejects(before, /no such payment/);
    await nextTurn();
    assert.deepEqual(steps, ['begin', 'a', 'rollback']);
  });
});

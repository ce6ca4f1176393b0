import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageFault } from '../faults.ts';
import { readArguments } from './command.ts';
import { commandNamed, help, helpFor } from './help.ts';
import { commands } from './table.ts';

test('help lists every command with its usage, and each command can be loaded', async () => {
  for (const command of commands) {
    assert.ok(help().includes(command.usage), command.name);
    assert.match(helpFor(command), new RegExp(`^usage: ./phone82 ${command.name}`));
    assert.equal(typeof (await command.load()).run, 'function');
  }
});

test('an unknown command, option or word is a fault of usage', () => {
  assert.throws(() => commandNamed('upp'), /there is no command "upp"/);
  assert.throws(() => readArguments(['--bogus'], {}, { atMost: 0 }), UsageFault);
  assert.throws(() => readArguments(['a', 'b'], {}, { atMost: 1 }), /"b" is one word too many/);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shareServers } from '@phone82/testkit';
import { projectRoot } from './source-files.ts';
import { readDurations, storeDurations } from './tests/durations.ts';
import { listTests } from './tests/list-tests.ts';
import { isQuick } from './tests/quick.ts';
import { EVERY_ROOM, runTestFiles } from './tests/run-test-files.ts';

// npm test -- [--quick] [--list] [--remember-durations] [GLOB...]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    'remember-durations': { type: 'boolean', default: false },
  },
});
const DURATIONS = join(projectRoot, 'checks', 'tests', 'durations.json');
const root = projectRoot;
// Every file is a process, which loads the same modules.
process.env.NODE_COMPILE_CACHE ??= join(root, '.phone82', 'cache', 'node');
const globs = positionals.length > 0 ? positionals : [EVERY_ROOM];
const durations = readDurations(DURATIONS);

if (values.list) await listTests({ globs, root });
else {
  const isWanted = values.quick ? isQuick : undefined;
  const { failed, seconds } = await shareServers(() => runTestFiles({ globs, root, durations, isWanted }));
  if (values['remember-durations'])
    storeDurations(DURATIONS, seconds, (path) => existsSync(join(root, path)));
  process.exitCode = failed === 0 ? 0 : 1;
}

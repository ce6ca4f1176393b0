import { projectRoot } from './source-files.ts';
import { END_TO_END, EVERY_ROOM, runTestFiles } from './tests/run-test-files.ts';

const globs = process.argv.slice(2);
const root = projectRoot;
// The end-to-end tests have the machine to themselves: each of them runs the whole system.
const phases =
  globs.length > 0
    ? [{ globs, root }]
    : [
        { globs: [EVERY_ROOM], root },
        { globs: [END_TO_END], root, concurrency: 1 },
      ];

let passed = 0;
let failed = 0;
for (const phase of phases) {
  const tally = await runTestFiles(phase);
  passed += tally.passed;
  failed += tally.failed;
}
if (phases.length > 1) console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

import { measureEverything } from './measure/everything.ts';
import { readOptions } from './options.ts';
import { writeResults } from './report/write.ts';
import { startBareFloor } from './subjects/floor.ts';
import { startPhone82 } from './subjects/phone82.ts';
import { startRestate } from './subjects/restate.ts';
import { runUntilInterrupted } from './subjects/running.ts';

const startedAt = performance.now();
const tell = (line: string) => console.log(line);
const step = (what: string) =>
  tell(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${what}`);
const args = process.argv.slice(2);
const options = readOptions(args);
const running = runUntilInterrupted();
try {
  step('starting phone82, twice');
  const { stored, up } = options;
  const measured = await running.begin(() => startPhone82({ role: 'measured', stored, up, tell: step }));
  const besideFloor = stored === 0 && up.length === 0;
  step(besideFloor ? 'starting the bare floor, twice' : 'starting an empty embedded phone82, twice');
  const beside = await running.begin(() =>
    besideFloor ? startBareFloor() : startPhone82({ role: 'beside' }),
  );
  const results = await measureEverything([measured, beside], options, step, () =>
    running.begin(() => startRestate(step)),
  );
  await writeResults(results, options, ['./phone82 bench', ...args].join(' '), tell);
} finally {
  await running.stop();
}

import { measureEverything } from './measure/everything.ts';
import { readOptions } from './options.ts';
import { writeResults } from './report/write.ts';
import { startBareFloor } from './subjects/floor.ts';
import { startPhone82 } from './subjects/phone82.ts';
import { startRestate } from './subjects/restate.ts';
import type { Subject } from './subjects/subject.ts';

const startedAt = performance.now();
const tell = (line: string) => console.log(line);
const step = (what: string) =>
  tell(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${what}`);
const args = process.argv.slice(2);
const options = readOptions(args);
const begun: Promise<Subject>[] = [];
let interrupted = false;
const run = (start: () => Promise<Subject>): Promise<Subject> => {
  // For good: what ends the process is under way.
  if (interrupted) return new Promise(() => undefined);
  const subject = start();
  begun.push(subject);
  return subject;
};
/** What is just starting would be left behind: it is waited for. */
const stop = async () => {
  for (const subject of await Promise.allSettled(begun.splice(0)))
    if (subject.status === 'fulfilled') await subject.value.stop();
};
const end = () => {
  interrupted = true;
  void stop().then(() => process.exit(1));
};
process.once('SIGINT', end).once('SIGTERM', end);
try {
  step('starting phone82, twice');
  const { stored, up } = options;
  const measured = await run(() => startPhone82({ role: 'measured', stored, up, tell: step }));
  const besideFloor = stored === 0 && up.length === 0;
  step(besideFloor ? 'starting the bare floor, twice' : 'starting an empty embedded phone82, twice');
  const beside = await run(() => (besideFloor ? startBareFloor() : startPhone82({ role: 'beside' })));
  const results = await measureEverything([measured, beside], options, step, () => run(() => startRestate(step)));
  await writeResults(results, options, ['./phone82 bench', ...args].join(' '), tell);
} finally {
  await stop();
}

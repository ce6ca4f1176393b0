import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runMany } from './command/run-many.ts';
import { runOne } from './command/run-one.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    shrink: { type: 'boolean', default: false },
    without: { type: 'string', multiple: true, default: [] },
  },
});

process.exitCode =
  values.seed === undefined
    ? await runMany({
        from: Number(values.from),
        seeds: Number(values.seeds),
        workers: Number(values.workers),
      })
    : await runOne(Number(values.seed), {
        trace: values.trace,
        shrink: values.shrink,
        without: new Set(values.without),
      });

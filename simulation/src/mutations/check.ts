import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { huntAll } from './hunt-all.ts';
import { mutations } from './mutations.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    workers: { type: 'string', default: String(availableParallelism()) },
    only: { type: 'string', default: '' },
  },
});

const TIMEOUT_MS = 20 * 60 * 1_000;
const chosen = mutations.filter(({ name }) => name.includes(values.only));
const outcomes = await huntAll(chosen, {
  mostSeeds: Number(values.seeds),
  workers: Number(values.workers),
  timeoutMs: TIMEOUT_MS,
  onOutcome: ({ name }, outcome, ms) => {
    const took = `${(ms / 1_000).toFixed(1)} s`;
    if (outcome.kind === 'found')
      console.log(`✓ ${name}: seed ${outcome.seed}, ${took}: ${outcome.violation.slice(0, 160)}`);
    else console.log(`✗ ${name}: ${outcome.kind === 'stale' ? outcome.reason : `not found, ${took}`}`);
  },
});
const found = outcomes.filter(({ kind }) => kind === 'found').length;
console.log(`${found} of ${chosen.length} bugs found`);
console.log(`${found} passed, ${chosen.length - found} failed`);
process.exitCode = found === chosen.length && found > 0 ? 0 : 1;

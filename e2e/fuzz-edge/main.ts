import { parseArgs } from 'node:util';
import { fuzzEdge } from './fuzz-edge.ts';

// npm run fuzz:edge -- [--requests 20000] [--seed 1]
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const [requests, seed] = [Number(values.requests), Number(values.seed)];
if (!(requests >= 1) || !Number.isSafeInteger(seed)) {
  console.error('fuzz:edge [--requests 20000] [--seed 1]: whole numbers, at least one request');
  process.exit(2);
}
const { passed, failed } = await fuzzEdge({ requests, seed, print: console.log });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

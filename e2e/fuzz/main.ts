import { parseArgs } from 'node:util';
import { fuzzAll } from './fuzz-all.ts';
import { fuzzedServices } from './fuzz-service.ts';

// npm run fuzz -- [--examples 200] [--seed 1] [--minutes 10] [SERVICE...]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    examples: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '10' },
  },
});
const services = fuzzedServices.filter((name) => positionals.length === 0 || positionals.includes(name));
const [examples, seed, minutes] = [values.examples, values.seed, values.minutes].map(Number);
if (services.length === 0 || !examples || !seed || !minutes) {
  console.error(
    `fuzz [--examples 200] [--seed 1] [--minutes 10 a service] [${fuzzedServices.join('|')}]...: numbers from 1`,
  );
  process.exit(2);
}
const { failed } = await fuzzAll(services, { examples, seed, timeoutMs: minutes * 60_000 });
process.exitCode = failed === 0 ? 0 : 1;

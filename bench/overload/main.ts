import { parseArgs } from 'node:util';
import { newSystem, succeeded } from '../../e2e/system-under-test.ts';
import { findCapacity } from './find-capacity.ts';
import { judge } from './goodput.ts';
import { offer } from './offer.ts';
import { untilAtRest } from './until-at-rest.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    from: { type: 'string', default: '50' },
    factor: { type: 'string', default: '1.25' },
  },
});
const seconds = Number(values.seconds);
const search = { from: Number(values.from), factor: Number(values.factor), seconds };
const LONGEST_RUN_MS = 15 * 60 * 1_000;

const system = await newSystem();
const end = () => void system.dispose().then(() => process.exit(1));
setTimeout(end, LONGEST_RUN_MS).unref();
process.once('SIGINT', end).once('SIGTERM', end);
try {
  succeeded(await system.run('up', '--detach'));
  const url = system.url('app').replace('localhost', '127.0.0.1');
  const services = (['app', 'pay', 'store', 'marketing', 'customer'] as const).map(system.url);
  const offerAt = async (rate: number) => {
    const outcome = await offer(url, rate, seconds);
    await untilAtRest(services);
    return outcome;
  };
  console.log('warming up');
  await offerAt(search.from);
  const capacity = await findCapacity(search, offerAt);
  console.log(`capacity: ${capacity.toFixed(0)} orders/s within 1 s; now twice that`);
  const { ratio, faults } = judge(capacity, await offerAt(2 * capacity), seconds);
  console.log(`goodput at twice the capacity: ${(100 * ratio).toFixed(0)} % of the peak`);
  for (const fault of faults) console.log(`✗ ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await system.dispose();
}

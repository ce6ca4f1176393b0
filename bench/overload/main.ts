import { keepers } from '@phone82/service-list';
import { newSystem, succeeded } from '../../e2e/system-under-test.ts';
import { findCapacity } from './find-capacity.ts';
import { judge } from './goodput.ts';
import { offer } from './offer.ts';
import { readOptions } from './options.ts';
import { untilAtRest } from './until-at-rest.ts';

const search = readOptions(process.argv.slice(2));
const system = await newSystem();
const end = () => void system.dispose().then(() => process.exit(1));
setTimeout(end, 15 * 60 * 1_000).unref();
process.once('SIGINT', end).once('SIGTERM', end);
try {
  succeeded(await system.run('up', '--detach'));
  const url = system.url('app').replace('localhost', '127.0.0.1');
  const services = keepers.map(system.url);
  const offerAt = async (rate: number) => {
    const outcome = await offer(url, rate, search.seconds);
    await untilAtRest(services);
    return outcome;
  };
  console.log('warming up');
  await offerAt(search.from);
  const capacity = await findCapacity(search, offerAt);
  console.log(`capacity: ${capacity.toFixed(0)} orders/s within 1 s; now twice that`);
  const { ratio, faults } = judge(capacity, await offerAt(2 * capacity), search.seconds);
  console.log(`goodput at twice the capacity: ${(100 * ratio).toFixed(0)} % of the peak`);
  for (const fault of faults) console.log(`✗ ${fault}`);
  process.exitCode = Math.min(1, faults.length);
} finally {
  await system.dispose();
}

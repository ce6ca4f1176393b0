import { parseArgs } from 'node:util';
import { fuzzRecords } from './fuzz-records.ts';

// npm run fuzz:records -- [--bus embedded|kafka] [--records 100000] [--seed 1] [--orders 200]
const { values } = parseArgs({
  options: {
    bus: { type: 'string', default: 'embedded' },
    records: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    orders: { type: 'string', default: '200' },
  },
});
const { bus } = values;
const [records = 0, seed = 0, orders = 0] = [values.records, values.seed, values.orders].map(Number);
if ((bus !== 'embedded' && bus !== 'kafka') || !(records > 0) || !(seed > 0) || !(orders > 0)) {
  console.error(
    'fuzz:records [--bus embedded|kafka] [--records 100000] [--seed 1] [--orders 200]: numbers from 1',
  );
  process.exit(2);
}
const began = performance.now();
const checks = await fuzzRecords({ bus, records, seed, orders }, console.log);
for (const { what, faults } of checks)
  console.log([`${faults.length === 0 ? '✓' : '✗'} ${what}`, ...faults.slice(0, 10)].join('\n    '));
const failed = checks.filter(({ faults }) => faults.length > 0).length;
console.log(
  `${records} records on ${bus}, seed ${seed}, in ${((performance.now() - began) / 1_000).toFixed(0)} s`,
);
console.log(`${checks.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

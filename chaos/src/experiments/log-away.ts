import { parseArgs } from 'node:util';
import { withSystem } from '../system/with-system.ts';
import { faultsWhileLogAway, ordersIn } from './log-away-verdict.ts';
import { conclude, print } from './print.ts';
import { ROUTED, takeLogAway } from './take-log-away.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, frozen: { type: 'boolean' } } });
const plan = {
  rate: 30,
  beforeMs: 10_000,
  awayMs: Number(values.seconds ?? 60) * 1_000,
  afterMs: 10_000,
  how: values.frozen ? 'frozen' : 'stopped',
} as const;

await withSystem(
  ROUTED,
  async (system) => {
    await system.run('load', '--orders', '40', '--rate', '8');
    const seen = await takeLogAway(system, plan, print);
    const answers = [...seen.answers].map(([status, count]) => `${count} × ${status || 'none'}`).join(', ');
    print(`${ordersIn(seen)} orders at ${plan.rate} a second: ${answers}`);
    print(`at most ${seen.deepestOutbox} events waited in the outboxes of all services`);
    if (seen.convergedMs !== undefined)
      print(`nothing waited any more ${(seen.convergedMs / 1_000).toFixed(1)} s after Kafka was back`);
    conclude(faultsWhileLogAway(seen));
  },
  ['--bus', 'kafka'],
);

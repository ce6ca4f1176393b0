import { setTimeout as delay } from 'node:timers/promises';
import { Fault, notRunning, UsageFault } from '../faults.ts';
import { throwIfInterrupted } from '../interruption.ts';
import { type Api, connect } from '../story/api.ts';
import { type Context, type Run, readArguments } from './command.ts';

const LOOK_EVERY_MS = 250;

/** Has the customer view folded anew, and waits until the new one answers. */
export const run: Run = async (args, context) => {
  const { positionals } = readArguments(args, {}, { atMost: 1 });
  if (positionals[0] !== 'customer')
    throw new UsageFault('Only the view can be rebuilt: "rebuild customer".');
  if (!(await context.supervisor.status())) throw notRunning();
  const api = connect(context.system);
  try {
    return await rebuild(api, context);
  } finally {
    await api.close();
  }
};

async function rebuild(api: Api, { print, interrupted }: Context): Promise<number> {
  const startedAt = performance.now();
  const { status } = await api.post('customer', '/view/rebuild', {});
  if (status !== 202)
    throw new Fault(`customer did not begin: it answered ${status || 'nothing'}; see "logs customer".`);
  for (let shown = -1; ; await delay(LOOK_EVERY_MS)) {
    const { body } = await api.get('customer', '/view/rebuild');
    if (body.state === 'idle') break;
    if (body.remaining !== shown) print(`  ${body.remaining} records of the log to read`);
    shown = body.remaining;
    throwIfInterrupted(interrupted, 'interrupted; customer goes on with the rebuild by itself.');
  }
  print(`the view is rebuilt, in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return 0;
}

import { realClock } from '../clock.ts';
import { Fault } from '../faults.ts';
import { askForYes } from '../home/ask-for-yes.ts';
import { clearLeftovers } from '../home/leftovers.ts';
import { wipe } from '../home/wipe.ts';
import { throwIfInterrupted } from '../interruption.ts';
import { SERVER_NAMES } from '../servers/server.ts';
import { type Context, type Run, readArguments } from './command.ts';

const DATA = [
  ...SERVER_NAMES,
  'sqlite',
  'logs',
  'run',
  'secrets',
  'version.json',
  'bus.json',
  'store-db.json',
];

export const run: Run = async (args, context) => {
  const { values } = readArguments(args, { yes: { type: 'boolean', short: 'y' } }, { atMost: 0 });
  const { system, supervisor, print } = context;
  const isUp = (await supervisor.status()) !== undefined;
  if (!values.yes && !(await agreed(isUp, context))) {
    print('nothing was wiped');
    return 1;
  }
  if (isUp) print((await supervisor.down())?.message ?? 'phone82 is stopped');
  await clearLeftovers(system, realClock, print);
  await wipe(system.home, DATA);
  print(`all data in ${system.home} is wiped`);
  return 0;
};

async function agreed(isUp: boolean, { system, interrupted }: Context): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Fault('reset wipes all data: run it at a terminal, or with --yes if you are sure.');
  const first = isUp ? 'stop phone82 and wipe' : 'wipe';
  const question = `${first} all data in ${system.home}? Type "yes": `;
  const isAgreed = await askForYes(question, process.stdin, process.stdout, interrupted);
  if (!isAgreed) throwIfInterrupted(interrupted, 'interrupted; nothing was wiped.');
  return isAgreed;
}

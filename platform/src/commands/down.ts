import { type Clock, realClock } from '../clock.ts';
import { clearLeftovers, leftovers } from '../home/leftovers.ts';
import { listProcesses } from '../processes.ts';
import { type Run, readArguments } from './command.ts';

const LAST_WORDS_MS = 3_000;

export const run: Run = async (args, { system, supervisor, print }) => {
  readArguments(args, {}, { atMost: 0 });
  const status = await supervisor.status();
  if (status) print('stopping');
  const outcome = await supervisor.down();
  if (outcome) {
    await untilGone(status?.supervisor?.pid, realClock);
    print(outcome.message);
    return 0;
  }
  const left = await leftovers(system);
  if (left.length > 0) await clearLeftovers(system, realClock, print);
  print(left.length > 0 ? 'phone82 is stopped' : 'phone82 is not running');
  return 0;
};

/** The supervisor answers before it ends, and still writes to the data folder then. */
async function untilGone(pid: number | undefined, clock: Clock): Promise<void> {
  const deadline = clock.now() + LAST_WORDS_MS;
  const isAlive = async () => (await listProcesses()).some((one) => one.pid === pid && one.command !== '');
  while (clock.now() < deadline && (await isAlive())) await clock.sleep(20);
}

import { notRunning } from '../faults.ts';
import { type Run, readArguments } from './command.ts';
import { unitNamed } from './unit-argument.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  const { positionals } = readArguments(args, {}, { atMost: 1 });
  const outcome = await supervisor.start(unitNamed(system, positionals[0]));
  if (!outcome) throw notRunning();
  print(outcome.message);
  return 0;
};

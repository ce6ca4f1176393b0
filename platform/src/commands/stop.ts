import { type Run, readArguments } from './command.ts';
import { unitNamed } from './unit-argument.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  const { positionals } = readArguments(args, {}, { atMost: 1 });
  const name = unitNamed(system, positionals[0]);
  const outcome = await supervisor.stop(name);
  print(outcome?.message ?? `phone82 is not running, and so ${name} is not either`);
  return 0;
};

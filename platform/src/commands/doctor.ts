import { type Finding, findings } from '../home/findings.ts';
import { suitesLeftOut } from '../home/suites-left-out.ts';
import { type Run, readArguments } from './command.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  readArguments(args, {}, { atMost: 0 });
  const found = await findings(system, (await supervisor.status()) !== undefined);
  for (const finding of found) print(line(finding));
  for (const suites of suitesLeftOut()) print(suites);
  return found.every(({ ok }) => ok) ? 0 : 1;
};

const line = ({ ok, what, todo }: Finding) => (ok ? `ok    ${what}` : `LOOK  ${what}: ${todo}`);

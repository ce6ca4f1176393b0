import { serviceNames } from '@phone82/service-list';
import { UsageFault } from '../faults.ts';
import type { Command } from './command.ts';
import { commands } from './table.ts';

/** The command of that name. @throws UsageFault that names the nearest way out. */
export function commandNamed(name: string): Command {
  const command = commands.find((one) => one.name === name);
  if (command) return command;
  throw new UsageFault(`there is no command "${name}".`);
}

export function helpFor(command: Command): string {
  const lines = [`usage: ./phone82 ${command.usage}`, '', command.summary, ...(command.details ?? [])];
  return lines.join('\n');
}

export function help(): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length));
  const rows = commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`);
  return [
    'usage: ./phone82 COMMAND',
    '',
    ...rows,
    `  ${'help [COMMAND]'.padEnd(width)}  this list, or more about one command`,
    '',
    `SVC is one of ${serviceNames.join(', ')}.`,
    '',
    'PHONE82_HOME         the data folder (default .phone82 beside the launcher)',
    'PHONE82_PORT_OFFSET  added to every port, so that two systems run side by side (default 0)',
  ].join('\n');
}

import type { WhenInterrupted } from './commands/command.ts';
import { commandNamed, help, helpFor } from './commands/help.ts';
import { controlClient } from './control/client.ts';
import { Fault, faultBehind, UsageFault } from './faults.ts';
import { heedInterrupts } from './interruption.ts';
import { openOutput } from './output.ts';
import { systemFrom } from './system.ts';

const { print, lost: outputLost } = openOutput();
const NEVER = new AbortController().signal;
const DOING: Readonly<Partial<Record<WhenInterrupted, string>>> = {
  finishes: 'finishing what was begun',
  stops: 'stopping',
};

process.exitCode = await main(process.argv.slice(2)).catch(complain);

async function main([word, ...args]: readonly string[]): Promise<number> {
  if (word === undefined || word === 'help' || word === '--help' || word === '-h') {
    print(args[0] && word === 'help' ? helpFor(commandNamed(args[0])) : help());
    return 0;
  }
  const command = commandNamed(word);
  if (args.includes('--help') || args.includes('-h')) {
    print(helpFor(command));
    return 0;
  }
  const system = await systemFrom(process.env);
  const { run } = await command.load();
  const doing = DOING[command.whenInterrupted];
  const interrupted = doing ? heedInterrupts(console.error, doing) : NEVER;
  const context = { system, supervisor: controlClient(system), print, outputLost, interrupted };
  return run(args, context).catch((error) => {
    throw faultBehind(error, system.home) ?? error;
  });
}

function complain(error: unknown): number {
  if (!(error instanceof Fault)) {
    console.error(error);
    return 1;
  }
  console.error(`phone82: ${error.message}`);
  if (error instanceof UsageFault) console.error('"./phone82 --help" lists the commands.');
  return error.exitCode;
}

import { commandNamed, help, helpFor } from './commands/help.ts';
import { complain } from './complain.ts';
import { controlClient } from './control/client.ts';
import { faultBehind } from './faults.ts';
import { heedInterrupts } from './interruption.ts';
import { openOutput } from './output.ts';
import { systemFrom } from './system.ts';

const { print, lost: outputLost } = openOutput();

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
  const interrupted = heedInterrupts(command.whenInterrupted, console.error);
  const context = { system, supervisor: controlClient(system), print, outputLost, interrupted };
  return run(args, context).catch((error) => {
    throw faultBehind(error, system.home) ?? error;
  });
}

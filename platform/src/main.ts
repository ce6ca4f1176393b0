import { commandNamed, help, helpFor } from './commands/help.ts';
import { controlClient } from './control/client.ts';
import { Fault, faultBehind, UsageFault } from './faults.ts';
import { systemFrom } from './system.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

// A reader that had enough (`logs | head`) is no failure.
process.stdout.on('error', () => process.exit(0));
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
  return run(args, { system, supervisor: controlClient(system), print }).catch((error) => {
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

import path from 'node:path';
import { callers } from '@phone82/service-list';
import { UsageFault } from '../faults.ts';
import { makeKey, retireKeys, rotateKeys, writePublicKeys } from '../home/key-folder.ts';
import { type Context, type Run, readArguments } from './command.ts';

const OPTIONS = { rotate: { type: 'boolean' }, retire: { type: 'boolean' } } as const;

/** The keys by which services sign their calls, in a folder of the caller's. */
export const run: Run = async (args, { print }) => {
  const { values, positionals } = readArguments(args, OPTIONS, { atMost: 1 });
  const [named] = positionals;
  if (!named) throw new UsageFault('Name the folder of the keys.');
  if (values.rotate && values.retire)
    throw new UsageFault(
      '--rotate and --retire are two steps: between them every service has to start anew.',
    );
  const folder = path.resolve(named);
  if (values.rotate) rotate(folder, print);
  else if (values.retire) retire(folder, print);
  else make(folder, print);
  print(`the public keys are in ${writePublicKeys(folder)}`);
  return 0;
};

function make(folder: string, print: Context['print']): void {
  for (const service of callers) {
    const { file, isNew } = makeKey(folder, service);
    print(`${service}: ${isNew ? 'made' : 'kept'} ${file}`);
  }
}

function rotate(folder: string, print: Context['print']): void {
  rotateKeys(folder);
  for (const service of callers)
    print(`${service}: made a new key; the old one counts until "./phone82 keys ${folder} --retire"`);
}

function retire(folder: string, print: Context['print']): void {
  const count = retireKeys(folder);
  print(count > 0 ? `${count} old keys are taken away` : 'there are no old keys');
}

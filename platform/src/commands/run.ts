import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { notRunning } from '../faults.ts';
import { serviceArguments } from '../supervisor/launch-service.ts';
import { serviceNamed } from '../system.ts';
import { type Run, readArguments } from './command.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  const { positionals } = readArguments(args, {}, { atMost: 1 });
  const spec = serviceNamed(system, positionals[0]);
  const settings = await supervisor.settings(spec.name);
  if (!settings) throw notRunning();
  const outcome = await supervisor.stop(spec.name);
  print(`${outcome?.message}; now in the foreground, Ctrl-C ends it`);
  // Ctrl-C reaches the service too, as it shares the terminal; this process waits for it to drain.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const child = spawn(process.execPath, serviceArguments(system, spec), {
    cwd: system.root,
    env: { ...system.environment, ...settings },
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  print(`${spec.name} ended; "./phone82 start ${spec.name}" hands it back to the supervisor`);
  return code ?? 1;
};

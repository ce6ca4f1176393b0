import { busOf } from '../choices/bus.ts';
import { notRunning } from '../faults.ts';
import { runInForeground } from '../supervisor/foreground-child.ts';
import { serviceArguments } from '../supervisor/launch-service.ts';
import { environmentByHand } from '../supervisor/service-environment.ts';
import { serviceNamed } from '../system.ts';
import { type Run, readArguments } from './command.ts';

/** One service in place of the supervised one, until it ends; the exit code is the service's. */
export const run: Run = async (args, { system, supervisor, print }) => {
  const { positionals } = readArguments(args, {}, { atMost: 1 });
  const spec = serviceNamed(system, positionals[0]);
  const settings = await supervisor.settings(spec.name);
  if (!settings) throw notRunning();
  const bus = await busOf({ ...system, environment: {} });
  const isNamedKafka = bus.bus === 'kafka' && bus.brokers !== undefined;
  const { environment, overridden } = environmentByHand(system, settings, { isNamedKafka });
  if (overridden.length > 0) print(`with the ${overridden.join(', ')} of your environment`);
  const code = await runInForeground(serviceArguments(system, spec), {
    cwd: system.root,
    env: { ...environment, PHONE82_SUPERVISED: '1' },
    endsWithUs: true,
    before: {
      do: async () => {
        const outcome = await supervisor.stop(spec.name);
        print(`${outcome?.message}; now in the foreground, Ctrl-C ends it`);
      },
      undo: async () => void (await supervisor.start(spec.name)),
    },
  });
  print(`${spec.name} ended; "./phone82 start ${spec.name}" hands it back to the supervisor`);
  return code;
};

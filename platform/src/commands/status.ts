import type { SystemStatus } from '../control/protocol.ts';
import { statusReport } from '../report/status-report.ts';
import { type Run, readArguments } from './command.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  const { values } = readArguments(args, { json: { type: 'boolean' } }, { atMost: 0 });
  const status = await supervisor.status();
  if (values.json) print(JSON.stringify(status ?? whenDown(system), null, 2));
  else if (status) for (const line of statusReport(status)) print(line);
  else print('phone82 is not running: "./phone82 up" starts it');
  return status ? 0 : 1;
};

const whenDown = ({ home, portOffset }: { home: string; portOffset: number }): SystemStatus => ({
  up: false,
  home,
  portOffset,
  memoryMb: 0,
  services: [],
  servers: [],
});

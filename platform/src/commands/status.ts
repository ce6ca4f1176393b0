import type { SystemStatus } from '../control/protocol.ts';
import { SIGN_IN_HINT } from '../report/sign-in-report.ts';
import { statusReport } from '../report/status-report.ts';
import type { System } from '../system.ts';
import { ISSUER } from '../topology.ts';
import { type Run, readArguments } from './command.ts';

export const run: Run = async (args, { system, supervisor, print }) => {
  const { values } = readArguments(args, { json: { type: 'boolean' } }, { atMost: 0 });
  const status = await supervisor.status();
  if (values.json) print(JSON.stringify(status ?? whenDown(system), null, 2));
  else if (status) for (const line of [...statusReport(status), ...hint(system)]) print(line);
  else print('phone82 is not running: "./phone82 up" starts it');
  return status ? 0 : 1;
};

const hint = ({ topology }: System) =>
  topology.services.some(({ name }) => name === ISSUER) ? [SIGN_IN_HINT] : [];

const whenDown = ({ home, portOffset }: { home: string; portOffset: number }): SystemStatus => ({
  up: false,
  home,
  portOffset,
  memoryMb: 0,
  services: [],
  servers: [],
});

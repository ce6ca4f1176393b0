import type { SystemStatus, UnitStatus } from '../control/protocol.ts';
import { SERVER_NAMES } from '../servers/server.ts';
import { table } from './table.ts';

/** What runs where, as lines for a person. */
export function statusReport(status: SystemStatus): readonly string[] {
  const units = [...status.services, ...status.servers];
  const heading = ['service', 'state', 'address', 'pid', 'up', 'restarts', 'MB'];
  const total = status.supervisor ? [`supervisor pid ${status.supervisor.pid}, `] : [];
  return [
    ...table([heading, ...units.map(row)]),
    '',
    `${total.join('')}${status.memoryMb} MB in all, data in ${status.home}`,
  ];
}

const row = (unit: UnitStatus): readonly (string | number)[] => [
  unit.name,
  unit.state,
  address(unit),
  unit.pid ?? '-',
  unit.uptimeSeconds === undefined ? '-' : duration(unit.uptimeSeconds),
  unit.restarts,
  unit.memoryMb ?? '-',
];

const address = ({ name, port }: UnitStatus) =>
  SERVER_NAMES.some((server) => server === name) ? `127.0.0.1:${port}` : `http://localhost:${port}`;

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}

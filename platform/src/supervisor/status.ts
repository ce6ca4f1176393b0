import type { Clock } from '../clock.ts';
import type { SystemStatus, UnitStatus } from '../control/protocol.ts';
import { memoryOf, memoryOfFamilies } from '../memory.ts';
import type { Server } from '../servers/server.ts';
import { portOf, type System } from '../system.ts';
import { isReady } from './readiness.ts';
import type { Unit } from './unit.ts';

/** What runs now, with a fresh answer to whether each service is ready. */
export async function systemStatus(
  system: System,
  units: {
    servers: readonly { readonly server: Server; readonly unit: Unit }[];
    services: ReadonlyMap<string, Unit>;
  },
  clock: Clock,
): Promise<SystemStatus> {
  const all = [...units.servers.map(({ unit }) => unit), ...units.services.values()];
  const pids = all.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const [own, memories] = await Promise.all([memoryOf(process.pid), memoryOfFamilies(pids)]);
  const describe = (unit: Unit, port: number): UnitStatus => ({
    name: unit.name,
    state: unit.state,
    port,
    pid: unit.pid,
    restarts: unit.restarts,
    uptimeSeconds:
      unit.startedAt === undefined ? undefined : Math.floor((clock.now() - unit.startedAt) / 1000),
    memoryMb: unit.pid === undefined ? undefined : memories.get(unit.pid),
    lastFailure: unit.lastFailure?.reason,
  });
  const services = await Promise.all(
    system.topology.services.map(async (spec) => {
      const port = portOf(system, spec);
      const status = describe(units.services.get(spec.name) as Unit, port);
      const lapsed = status.state === 'ready' && !(await isReady(port));
      return lapsed ? { ...status, state: 'not ready' as const } : status;
    }),
  );
  return {
    up: true,
    home: system.home,
    portOffset: system.portOffset,
    memoryMb: [own, ...memories.values()].reduce((sum, one) => sum + one, 0),
    services,
    servers: units.servers.map(({ unit, server }) => describe(unit, server.port)),
    supervisor: { pid: process.pid, memoryMb: own },
  };
}

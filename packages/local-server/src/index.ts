export { accepts } from './accepts.ts';
export { bringOnce, exists } from './brought-once.ts';
export { type ErrorFromLog, errorsFromLog } from './errors-from-log.ts';
export { freePort } from './free-port.ts';
export { type ServerProcess, spawnGuarded } from './guarded-process.ts';
export type { LocalDatabase, LocalDatabaseOptions } from './local-database.ts';
export { LocalServerError } from './local-server-error.ts';
export {
  installCommand,
  type MachineProgram,
  machinePrograms,
  missingPrograms,
  type ProgramName,
} from './machine-programs.ts';
export { createAside, ownFolder, runProgram } from './own-folder.ts';
export type { RunAs } from './run-as.ts';
export { spawnUntilReady, startOnPort, stopServer } from './start-and-stop.ts';
export { pick, serverEnvironment, systemEnvironment } from './system-environment.ts';

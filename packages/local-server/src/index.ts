export { freePort } from './free-port.ts';
export { ForeignFolderError, giveFolder } from './give-folder.ts';
export { type GuardedOptions, type ServerProcess, spawnGuarded } from './guarded-process.ts';
export { chooseRunAs, RootRefusedError, type RunAs, type ServerKind } from './run-as.ts';
export { logSize, textOfLog } from './server-log.ts';

export { freePort } from './free-port.ts';
export { type GuardedOptions, type ServerProcess, spawnGuarded } from './guarded-process.ts';

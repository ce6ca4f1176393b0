export { type Manifest, parseManifests, readManifests, workloadsOf } from './manifests/manifest.ts';
export { policyFaults } from './manifests/policy.ts';
export { type CheckRunOptions, runChecks } from './run-checks.ts';
export { type ProgramRun, runProgram } from './run-program.ts';
export { EVERY_ROOM, runTestFiles, type TestRunOptions } from './tests/run-test-files.ts';
export type { Tally } from './tests/tally.ts';

export { findBinaries as findMariadb } from './binaries.ts';
export { EmbeddedMariadbError, type EmbeddedMariadbFault } from './errors.ts';
export { type EmbeddedMariadb, type EmbeddedMariadbOptions, startEmbeddedMariadb } from './start.ts';

export { findBinaries as findMariadb } from './binaries.ts';
export { startEmbeddedMariadb } from './start.ts';

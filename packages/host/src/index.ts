export { callRemote } from './call-remote.ts';
export { hostConfig, remoteConfig } from './config.ts';
export { deadLetterRoutes } from './dead-letter-routes.ts';
export { migrateService } from './migrate-service.ts';
export { runService } from './run-service.ts';
export type { HostConfig, ServiceBase, ServiceDefinition, ServiceParts } from './service-definition.ts';
export { type PartsBase, startParts } from './start-parts.ts';
export { createServer, startService } from './start-service.ts';

export { callRemote } from './call-remote.ts';
export { hostConfig, remoteConfig } from './config.ts';
export { runService } from './run-service.ts';
export type { HostConfig, ServiceBase, ServiceDefinition, ServiceParts } from './service-definition.ts';
export { createServer, startService } from './start-service.ts';

import { SERVER_NAMES } from '../servers/server.ts';
import { type System, serviceNamed } from '../system.ts';

/** The name of something supervised: a service, or a server for those who want to see it fail. */
export const unitNamed = (system: System, name: string | undefined) =>
  SERVER_NAMES.find((server) => server === name) ?? serviceNamed(system, name).name;

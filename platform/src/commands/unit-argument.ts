import { type System, serviceNamed } from '../system.ts';

/** The name of something supervised: a service, or a server for those who want to see it fail. */
export const unitNamed = (system: System, name: string | undefined) =>
  name === 'postgres' || name === 'kafka' ? name : serviceNamed(system, name).name;

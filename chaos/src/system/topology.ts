import {
  type Addresses,
  topology as plain,
  type ServiceSpec,
  type Topology,
} from '../../../platform/src/topology.ts';
import { LINKS_KEY } from './links.ts';

const ports = JSON.parse(process.env[LINKS_KEY] ?? '{}') as Readonly<Record<string, number>>;

/** The system as it is, except that some of its parts reach each other through proxies. */
export const topology: Topology = { ...plain, services: plain.services.map(throughLinks) };

function throughLinks(spec: ServiceSpec): ServiceSpec {
  const by = (url: string, to: string) => withPort(url, ports[`${spec.name}>${to}`]);
  const needs: ServiceSpec['needs'] = (at) => {
    const linked: Addresses = {
      ...at,
      service: (name) => by(at.service(name), name),
      postgres: (database) => by(at.postgres(database), 'postgres'),
    };
    return { ...plain.common(linked), ...spec.needs(linked) };
  };
  return { ...spec, needs };
}

function withPort(url: string, port: number | undefined): string {
  if (port === undefined) return url;
  const linked = new URL(url);
  linked.port = String(port);
  return linked.href.replace(/\/$/, '');
}

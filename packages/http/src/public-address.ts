import type { FastifyRequest } from 'fastify';

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };
const LAST_PORT = 65_535;

/** Where the client sees this service, `http://host:port`: what a trusted hop says, or else the Host header. */
export function publicAddress(request: FastifyRequest): string {
  const { protocol, host } = request;
  const port = forwardedPort(request);
  const portless = !/:\d+$/.test(host);
  const suffix = port && portless && port !== defaultPorts[protocol] ? `:${port}` : '';
  return `${protocol}://${host || 'localhost'}${suffix}`;
}

/** A hop that was not trusted with the host is not trusted with the port either. */
function forwardedPort(request: FastifyRequest): string | undefined {
  const port = request.headers['x-forwarded-port'];
  const forwardedHost = request.headers['x-forwarded-host'];
  if (typeof port !== 'string' || !/^\d{1,5}$/.test(port) || typeof forwardedHost !== 'string')
    return undefined;
  if (Number(port) > LAST_PORT) return undefined;
  return forwardedHost.endsWith(request.host) ? port : undefined;
}

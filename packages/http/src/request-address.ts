import { Problem } from '@phone82/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUsableHost } from './host-header.ts';
import { type Language, preferredLanguage } from './language.ts';
import { hasUnusableTarget } from './request-target.ts';

type Fault = 'target' | 'noHost' | 'severalHosts' | 'host' | 'forwardedHost' | 'forwardedProto';

const words: Readonly<Record<Fault, Readonly<Record<Language, string>>>> = {
  target: { ko: '주소에 쓸 수 없는 문자가 있습니다', en: 'the request target is not usable' },
  noHost: { ko: 'Host 헤더가 없습니다', en: 'the Host header is missing' },
  severalHosts: { ko: 'Host 헤더가 여러 개입니다', en: 'the Host header came more than once' },
  host: { ko: 'Host가 올바르지 않습니다', en: 'the Host is not a host with an optional port' },
  forwardedHost: { ko: 'X-Forwarded-Host가 올바르지 않습니다', en: 'X-Forwarded-Host is not usable' },
  forwardedProto: { ko: 'X-Forwarded-Proto가 올바르지 않습니다', en: 'X-Forwarded-Proto is not usable' },
};

/** Refuses requests whose target or host no URL can be made of: links in answers are made of both. */
export function refuseUnusableAddresses(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    const fault = faultOf(request);
    if (fault === undefined) return done();
    const language = preferredLanguage(request.headers['accept-language']);
    done(new Problem('request-invalid', { reason: words[fault][language] }));
  });
}

function faultOf(request: FastifyRequest): Fault | undefined {
  const { raw, headers } = request;
  if (hasUnusableTarget(raw)) return 'target';
  const hosts = hostsIn(raw.rawHeaders);
  if (hosts.length > 1) return 'severalHosts';
  if (hosts.length === 0 && raw.httpVersion === '1.1') return 'noHost';
  if (hosts.some((host) => !isUsableHost(host)) || !isUsableHost(headers.host ?? '')) return 'host';
  if (headers['x-forwarded-host'] !== undefined && !isUsableHost(request.host)) return 'forwardedHost';
  if (headers['x-forwarded-proto'] !== undefined && !/^https?$/.test(request.protocol))
    return 'forwardedProto';
  return undefined;
}

const NONE: readonly string[] = [];

/** Node keeps only the first `Host` among the headers; all that came are in the raw ones. */
function hostsIn(rawHeaders: readonly string[]): readonly string[] {
  let hosts = NONE;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts = [...hosts, rawHeaders[at + 1] as string];
  }
  return hosts;
}

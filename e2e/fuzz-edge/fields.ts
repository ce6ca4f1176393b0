import type { Chance } from './chance.ts';

const usableHosts = ['localhost', 'shop.example:8080', '127.0.0.1', '[::1]:8080', 'a_b', ''];
const hostsOfAnyKind = [
  ...[
    'exa mple',
    '[::1',
    'x:99999',
    'x:y',
    'a/b',
    'u@h',
    '1.2.3.4.5',
    '%41',
    'a,b',
    '\xe9',
    '..',
    'x:',
    '[]',
    'xn--',
    '-',
  ],
  'x'.repeat(300),
];

/** The `Host` lines of a request: mostly one that is usable. */
export function hostLines(chance: Chance): readonly string[] {
  if (chance.happens(0.85)) return [`Host: ${chance.pick(usableHosts)}`];
  if (chance.happens(0.7)) return [`Host: ${chance.pick(hostsOfAnyKind)}`];
  return chance.pick([[], ['Host: a', 'Host: a'], ['Host: a', 'Host: b'], ['hOsT: a']]);
}

const harmless: readonly string[] = [
  ...[
    'Expect: 100-continue',
    'Expect: 200-ok',
    'Keep-Alive: timeout=5',
    'Proxy-Connection: keep-alive',
    'TE: trailers',
  ],
  ...[
    'Upgrade: h2c',
    'Upgrade: websocket',
    'Connection: keep-alive, x-a',
    'Connection: upgrade',
    'Trailer: x',
    'HTTP2-Settings: AAAA',
  ],
  ...[
    'Connection: keep-alive',
    'Connection: ,,,',
    'Proxy-Authorization: Basic eDp5',
    'Authorization: Bearer x.y.z',
  ],
  ...[
    'X-Forwarded-Host: evil',
    'X-Forwarded-Host: exa mple',
    'X-Forwarded-Proto: ftp',
    'X-Forwarded-Port: 99999',
    'X-Forwarded-For: x, , 1',
  ],
  ...[
    'Forwarded: for="[::1"',
    'X-Correlation-Id: a b',
    'Traceparent: 00-0',
    'X-Envoy-Expected-Rq-Timeout-Ms: 0',
    'X-Real-Ip: 1',
  ],
  ...[
    'Accept-Language: en',
    'Accept-Language: ;;q=',
    'Accept: text/html',
    'Accept-Encoding: gzip;q=x',
    'Accept-Version: 1',
    'Cookie: a',
  ],
  ...[
    'Content-Encoding: gzip',
    'Range: bytes=0-',
    'If-Match: *',
    'Transfer-Coding: x',
    "X-Odd!#$%&'*+.^_`|~: 1",
    'X-Latin: \xe9\xff',
  ],
  ...[
    'X-Empty:',
    '__proto__: 1',
    'constructor: 1',
    'Host2: x',
    'Max-Forwards: 0',
    'Via: 1.1 x',
    'Origin: null',
  ],
];
/** A server may refuse these; where it goes on, the request ends where it would have ended without them. */
const doubtful: readonly string[] = [
  ...[
    'X Space: 1',
    'X-Colon : 1',
    ' folded',
    'X-Nul: a\0b',
    'X-Ctl: a\x01b',
    ': 1',
    'NoColon',
    'X-Bare: a\rb',
    'X-\xe9: 1',
  ],
  `X-Large: ${'x'.repeat(20_000)}`,
];

/** Further header lines. `isBroken`: some may be no header lines at all. */
export function extraLines(chance: Chance): { lines: readonly string[]; isBroken: boolean } {
  const lines = Array.from({ length: chance.below(4) }, () => chance.pick(harmless));
  if (!chance.happens(0.05)) return { lines, isBroken: false };
  return { lines: [...lines, chance.pick(doubtful)], isBroken: true };
}

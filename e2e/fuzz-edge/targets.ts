import type { Chance } from './chance.ts';

const operatorRoutes = [
  'dead-letters',
  'dead-letters/1/retry',
  'dead-letters/1/discard',
  'view/rebuild',
  'metrics',
  'breakers',
  'reconciliations',
  'simulator/misbehaviours',
  'webhooks/toss',
];
const collections = ['/orders', '/customers', '/payments', '/storeManages', '/marketings', '/items'];
const records = ['', '/1', '/x', '/x/y'];
/** Up by one or more steps, in the ways that a URL parser reads as such. */
const climbs = ['\\..\\', '\\..\\..\\', '\\..\\..\\..\\', '/..\\..\\', '\\%2e%2e\\..\\', '/..\\../'];
const bridges = [
  ...[
    '/../',
    '/../../',
    '\\..\\',
    '\\..\\..\\',
    '/..\\',
    '\\../',
    '/./../',
    '//../',
    '/%2e%2e/',
    '/%2E./',
    '/.%2e/../',
    '/..%2f',
  ],
  ...[
    '%2f..%2f',
    '%5c..%5c',
    '/%5c../',
    '/..;/',
    ';/../',
    '/..%00/',
    '/..#/',
    '?/../',
    '/%252e%252e/',
    '/%c0%ae%c0%ae/',
    '/..\xa0/',
  ],
  ...['/\t../', '/..%0d%0a/', '/', '//', '\\', '@'],
];
const odd = [
  '',
  '/',
  '//',
  '?',
  '?x=1',
  '?page=-1',
  '?size=99999',
  '?sort=%00',
  '?a=%zz',
  '#x',
  '%',
  '%zz',
  '%00',
  '\\',
  ';a=b',
  '\xe9',
  '*',
  '?x=\xff',
  '/.',
  '/..',
];

/** The target of a request that is to reach a path: mostly as it is, else written in another way that means the same, or nearly. */
export function targetFor(path: string, chance: Chance): string {
  if (chance.happens(0.7)) return path;
  const ways = [
    () => `http://shop.example${path}`,
    () => `HTTP://127.0.0.1:80${path}`,
    () => `http://${chance.pick(['[::1', 'user@x', '', 'x:99999', 'exa mple', '[::1]:1'])}${path}`,
    () => `https://x${path}`,
    () => `ftp://x${path}`,
    () => path + chance.pick(odd),
    () => path.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
    () => path.slice(1),
    () => `${path}/`,
    () => `/${path}`,
    () => `${path}?${'x'.repeat(chance.below(20_000))}=1`,
    () => `${path}?x=${chance.pick(['%', '%2', '\\', '"', '{}', '|', '^', '`', '<>'])}`,
  ];
  return chance.pick(ways)();
}

/** A target that should lead to an operator's route, were the path read in two ways. */
export function operatorTarget(chance: Chance): string {
  const start = chance.happens(0.9) ? chance.pick(collections) + chance.pick(records) : '';
  const bridge = chance.happens(0.5) ? chance.pick(climbs) : chance.pick(bridges);
  return start + bridge + chance.pick(operatorRoutes).replaceAll('/', chance.pick(['/', '/', '\\', '%2f']));
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answersIn, rawExchange } from '@phone82/testkit';
import fc from 'fast-check';
import { fakeService, startGateway } from './system.ts';

/** A gateway before services that note what they are asked for. */
async function watchedGateway(t: Parameters<typeof startGateway>[0]) {
  const seen: string[] = [];
  const url = await fakeService(t, (request, response) => {
    seen.push(String(request.url));
    response.end('{}');
  });
  const names = ['APP', 'PAY', 'CUSTOMER', 'STORE', 'MARKETING'];
  const { port } = await startGateway(t, Object.fromEntries(names.map((name) => [`${name}_URL`, url])));
  const ask = async (target: string, method = 'GET') => {
    const head = `${method} ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
    return answersIn(await rawExchange(port, head))[0]?.status;
  };
  return { seen, ask };
}

const operatorRoutes = [
  'dead-letters',
  'dead-letters/1/discard',
  'view/rebuild',
  'metrics',
  'breakers',
  'reconciliations',
  'openapi.json',
  'livez',
  'readyz',
  'webhooks/toss',
];
const ways = [
  (route: string) => `/orders/x\\..\\..\\${route.replaceAll('/', '\\')}`,
  (route: string) => `/orders/..\\${route}`,
  (route: string) => `/orders/../${route}`,
  (route: string) => `/orders/./../${route}`,
  (route: string) => `/orders/%2e%2e/${route}`,
  (route: string) => `/orders/.%2E/${route}`,
  (route: string) => `/orders/%252e%252e/${route}`,
  (route: string) => `/orders/..%2f${route}`,
  (route: string) => `/orders/%5c..%5c${route}`,
  (route: string) => `/orders%5c..%5c${route}`,
  (route: string) => `/orders%2f..%2f${route}`,
  (route: string) => `/orders;/../${route}`,
  (route: string) => `/orders/..;/${route}`,
  (route: string) => `//orders/../${route}`,
  (route: string) => `/orders//..//${route}`,
  (route: string) => `/orders/..%00/${route}`,
  (route: string) => `/orders/%09../${route}`,
  (route: string) => `/orders/.%0d%0a./${route}`,
  (route: string) => `/orders/..#/${route}`,
  (route: string) => `/orders/%2e%2e%23/${route}`,
  (route: string) => `/orders/..\xa0/${route}`,
  (route: string) => `/orders/%c0%ae%c0%ae/${route}`,
  (route: string) => `http://a/orders/x\\..\\..\\${route}`,
  (route: string) => `http://a/${route}`,
  (route: string) => `http://a\\${route}`,
  (route: string) => `http://app/orders/../${route}`,
  (route: string) => `/customers/1/..\\..\\${route}`,
  (route: string) => `/${route}`,
  (route: string) => `/%2e/${route}`,
  (route: string) => `/./${route}`,
];

/** What a service may be asked for. */
const ALLOWED =
  /^\/(orders|items|payments|customers|storeManages|marketings)(\/(?!\.{1,2}(\/|$))[\w.~-]+)*\/?(\?[!-~]*)?$/;

describe('a target', () => {
  test('leads to no route that is not passed on, however it is written', async (t) => {
    const { seen, ask } = await watchedGateway(t);
    for (const route of operatorRoutes)
      for (const [way, write] of ways.entries()) {
        const target = write(route);
        for (const method of ['GET', 'POST']) {
          const status = await ask(target, method);
          const ownPage =
            method === 'GET' && /^(http:\/\/a)?\/(openapi.json|livez|readyz|metrics|breakers)$/.test(target);
          // For its own document the gateway asks the services for theirs.
          if (ownPage) seen.length = 0;
          else assert.ok([400, 404, 405].includes(status ?? 0), `${way} ${method} ${target}: ${status}`);
        }
      }
    assert.deepEqual(seen, []);
  });

  const kept: readonly [sent: string, received: string][] = [
    ['/orders', '/orders'],
    ['/orders/', '/orders/'],
    ['/orders/1?x=%20/../y&z=\\', '/orders/1?x=%20/../y&z=\\'],
    ['/orders/%31', '/orders/1'],
    ['/%6frders', '/orders'],
    ['/orders/%2D1', '/orders/-1'],
    ['/orders?', '/orders?'],
    ['/orders?a=http://x', '/orders?a=http://x'],
    ['http://shop.kr/orders/1?x=1', '/orders/1?x=1'],
    ['/orders/1.5', '/orders/1.5'],
  ];
  for (const [sent, received] of kept)
    test(`${sent} reaches the service as ${received}`, async (t) => {
      const { seen, ask } = await watchedGateway(t);
      assert.equal(await ask(sent), 200);
      assert.deepEqual(seen, [received]);
    });

  const piece = fc.constantFrom(
    ...[
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2E',
      '%2f',
      '%5c',
      '%5C',
      '%00',
      '%25',
      ';',
      '#',
      '?',
      '&',
      '@',
      ':',
      '*',
      '\xe9',
      '\x7f',
      '%',
      '%zz',
      '%c0%ae',
    ],
    ...[
      'orders',
      'customers',
      'payments',
      'dead-letters',
      'view',
      'rebuild',
      'metrics',
      'readyz',
      'http:',
      'https://',
      'a',
      '1',
    ],
  );
  test('leads to what is allowed only, whatever it is made of', async (t) => {
    const { seen, ask } = await watchedGateway(t);
    const target = fc
      .tuple(
        fc.constantFrom('/orders', '/customers/1', '/', '', 'http://a', '/%6frders/'),
        fc.array(piece, { maxLength: 8 }),
      )
      .map(([start, pieces]) => start + pieces.join(''));
    await fc.assert(
      fc.asyncProperty(target, fc.constantFrom('GET', 'POST', 'DELETE', 'PATCH'), async (sent, method) => {
        seen.length = 0;
        await ask(sent === '' ? '/' : sent, method);
        for (const received of seen) assert.match(received, ALLOWED, `sent ${sent}`);
      }),
      { numRuns: 400, seed: 82 },
    );
  });
});

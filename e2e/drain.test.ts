import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { eventually, runsAlone } from '@phone82/testkit';
import { type Asked, startClosedLoop } from './closed-loop.ts';
import { endsAs, placeOrder } from './order-story.ts';
import { runningSystem, type ServiceName, succeeded } from './system-under-test.ts';

runsAlone('clients that are half a second late send into a connection that is being closed');

const CLIENTS = 48;
const ANSWERS_BEFORE = 300;
const ROUNDS = 3;

const system = runningSystem();
const pidOf = async (service: ServiceName): Promise<number> => {
  const { services } = JSON.parse(succeeded(await system.run('status', '--json')));
  return services.find(({ name }: { name: string }) => name === service).pid;
};
const portOf = (service: ServiceName) => Number(new URL(system.url(service)).port);
const untilBack = (service: ServiceName, gone: number) =>
  eventually(
    async () => {
      assert.notEqual(await pidOf(service), gone);
      assert.equal((await system.http(service).get('/readyz')).status, 200);
    },
    { timeoutMs: 30_000 },
  );

/** Puts a service under load by kept-alive clients, sends it a signal, and gives the requests that were lost. */
async function signalUnderLoad(
  service: ServiceName,
  signal: 'SIGTERM' | 'SIGKILL',
  requests: readonly Asked[],
): Promise<string[]> {
  const pid = await pidOf(service);
  const clients = Array.from({ length: CLIENTS }, (_, index) =>
    startClosedLoop(portOf(service), requests[index % requests.length] as Asked),
  );
  const answers = () => clients.reduce((sum, { answered }) => sum + answered(), 0);
  await eventually(async () => assert.ok(answers() >= ANSWERS_BEFORE), { timeoutMs: 30_000 });
  process.kill(pid, signal);
  const lost = (await Promise.all(clients.map(({ ended }) => ended))).flat();
  await untilBack(service, pid);
  return lost;
}

describe('a service that is told to end, under load of kept-alive connections, loses no request', () => {
  const order = JSON.stringify({ item: 'LG10', qty: 1 });
  const ship = { method: 'PATCH', path: '/storeManages/1', body: '{"process":"Shipped"}' };
  const loads: Readonly<Partial<Record<ServiceName, readonly Asked[]>>> = {
    app: [
      { path: '/orders/1' },
      { method: 'POST', path: '/orders', body: order },
      { path: '/orders', pauseMs: 40 },
    ],
    // The view is waited for half a second: these are under way when the end begins.
    customer: [
      { path: '/customers/1' },
      { path: '/customers/1?minVersion=1000' },
      { path: '/customers', pauseMs: 40 },
    ],
    store: [{ path: '/storeManages/1' }, ship, { path: '/storeManages', pauseMs: 40 }],
    gateway: [{ path: '/customers/1' }, { path: '/customers/1?minVersion=1000' }],
  };

  before(async () => {
    await endsAs(system, await placeOrder(system), 'shipped');
  });

  for (const [service, requests] of Object.entries(loads) as [ServiceName, readonly Asked[]][])
    test(service, async () => {
      for (let round = 0; round < ROUNDS; round++)
        assert.deepEqual(await signalUnderLoad(service, 'SIGTERM', requests), []);
    });
});

test('requests that a killed service leaves without an answer are seen as lost', async () => {
  const waiting = [{ path: '/customers/1?minVersion=1000' }, { path: '/customers/1' }];
  assert.notDeepEqual(await signalUnderLoad('customer', 'SIGKILL', waiting), []);
});

test('an event stream ends whole when customer is told to end', async () => {
  const pid = await pidOf('customer');
  const stream = await fetch(`${system.url('customer')}/customers/1/events`);
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = (await reader?.read())?.value ?? '';
  process.kill(pid, 'SIGTERM');
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
  assert.match(text, /event: change\ndata: \{.*\}\n\n$/);
  await untilBack('customer', pid);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually, needs } from '@phone82/testkit';
import { endsAs } from './order-story.ts';
import { shellClients, type, versionsOfClients } from './shell-clients.ts';
import { runningSystem, succeeded } from './system-under-test.ts';

needs('httpie', 'curl', 'siege');
const system = runningSystem();
const versions = await versionsOfClients();

/** Types a line, and gives what it was answered. */
const answerTo = async (line: string) => JSON.parse(succeeded(await type(system, line)));
const comesTo = (line: string, wanted: object) =>
  eventually(async () => assert.partialDeepStrictEqual(await answerTo(line), wanted), { timeoutMs: 30_000 });

const ran = shellClients.map((client) => `${client} ${versions[client]}`).join(', ');

test(`the scenario is typed with its own clients: ${ran}`, () => {
  for (const client of shellClients) assert.ok(versions[client], `${client} says no version`);
});

describe(`typed with httpie ${versions.http}`, () => {
  test('an order through the gateway is answered with its price and earns mileage', async () => {
    const order = await answerTo('http POST http://localhost:8080/orders item=LG10 qty=1');
    assert.deepEqual([order.id, order.status, order.price], [1, 'Ordered', 899_000]);
    await comesTo('http GET http://localhost:8080/marketings', {
      _embedded: { marketings: [{ id: 1, point: 300_000 }] },
    });
  });

  test('an order at app itself shows its mileage, and loses it with a cancel', async () => {
    assert.equal((await answerTo('http http://localhost:8081/orders item=test88 qty=1')).id, 2);
    await comesTo('http GET http://localhost:8081/orders/2', { status: 'Shipped', point: 300_000 });
    const cancelled = await answerTo('http PATCH http://localhost:8081/orders/2 status="cancel"');
    assert.equal(cancelled.status, 'OrderCancelled');
    await comesTo('http GET http://localhost:8081/orders/2', { status: 'PayCancelled', point: 0 });
    await comesTo('http GET http://localhost:8086/marketings/2', { point: 0 });
  });

  test('while marketing is down an order succeeds with point null, and gets it when marketing is back', async () => {
    succeeded(await system.run('stop', 'marketing'));
    assert.equal((await answerTo('http http://localhost:8081/orders item=galaxy23 qty=3')).id, 3);
    await comesTo('http get http://localhost:8081/orders/3', { status: 'Shipped', point: null });
    succeeded(await system.run('start', 'marketing'));
    await comesTo('http get http://localhost:8081/orders/3', { point: 300_000 });
  });

  test('a refusal is a problem with a code', async () => {
    const { stdout, code } = await type(
      system,
      'http --check-status POST http://localhost:8080/orders item=none qty=1',
    );
    assert.deepEqual([code, JSON.parse(stdout).code], [4, 'item-unknown']);
  });
});

test(`typed with curl ${versions.curl}, an order ships and is seen by its customer`, async () => {
  const order = await answerTo(
    `curl -sS http://localhost:8080/orders -H 'content-type: application/json' -d '{"item":"LG10","qty":1}'`,
  );
  await comesTo(`curl -sS http://localhost:8080/customers/${order.id}`, {
    status: 'Shipped',
    point: 300_000,
  });
  const cancelled = await answerTo(
    `curl -sS -X PATCH http://localhost:8080/orders/${order.id} -H 'content-type: application/json' -d '{"status":"cancel"}'`,
  );
  assert.equal(cancelled.status, 'OrderCancelled');
  await endsAs(system, order.id, 'takenBack');
});

test(`typed with siege ${versions.siege}, every order of a short siege is taken`, async () => {
  const line = `siege -c20 -t4S --content-type "application/json" 'http://127.0.0.1:8081/orders POST {"item":"abc123","qty":3}'`;
  const { stdout, stderr } = await type(system, line);
  const said = `${stdout}${stderr}`;
  assert.match(said, /"availability":\s+100\.00/, said);
  assert.match(said, /"failed_transactions":\s+0,/);
});

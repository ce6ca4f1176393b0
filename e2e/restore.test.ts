import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { cancelOrder, endsAs, placeOrder, recordsOf } from './order-story.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const lost = {} as SystemUnderTest;
const restored = {} as SystemUnderTest;

before(async () => {
  Object.assign(lost, await newSystem());
  Object.assign(restored, await newSystem());
  succeeded(await lost.run('up', '--detach'));
});
after(async () => {
  await lost.dispose?.();
  await restored.dispose?.();
});

/** As docs/operations/backup-and-restore.md says: all of the data folder, with its owners, while nothing writes to it. */
async function copyData(from: SystemUnderTest, to: SystemUnderTest): Promise<void> {
  const [source, target] = [from, to].map(({ environment }) => environment.PHONE82_HOME ?? '');
  await promisify(execFile)('cp', ['-a', `${source}`, `${target}`]);
}

/** An order as each service has it, but for the addresses, which are those of the system asked. */
const contentOf = async (system: SystemUnderTest, id: number) =>
  JSON.parse(
    JSON.stringify(await recordsOf(system, id), (key, value) => (key === '_links' ? undefined : value)),
  );

/** What the view tells of an order, event by event. */
async function timelineOf(system: SystemUnderTest, id: number): Promise<readonly string[]> {
  const { body } = await system.http('customer').get(`/customers/${id}`);
  return (body.timeline as { eventType: string }[]).map(({ eventType }) => eventType).sort();
}

test('another system goes on with the copied data: nothing is lost or doubled, and what was under way ends', async () => {
  const shipped = await Promise.all(Array.from({ length: 5 }, () => placeOrder(lost)));
  await Promise.all(shipped.map((id) => endsAs(lost, id, 'shipped')));
  const known = await Promise.all(shipped.map((id) => contentOf(lost, id)));
  succeeded(await lost.run('stop', 'marketing'));
  const refundPending = await placeOrder(lost);
  await cancelOrder(lost, refundPending);
  const underWay = await Promise.all(Array.from({ length: 5 }, () => placeOrder(lost)));

  succeeded(await lost.run('down'));
  await copyData(lost, restored);
  assert.match(succeeded(await restored.run('up', '--detach')), /ready in/);

  assert.deepEqual(await Promise.all(shipped.map((id) => contentOf(restored, id))), known);
  await Promise.all(underWay.map((id) => endsAs(restored, id, 'shipped')));
  await endsAs(restored, refundPending, 'takenBack');
  for (const id of [...shipped, ...underWay])
    assert.deepEqual(await timelineOf(restored, id), [
      'Ordered',
      'PayCompleted',
      'PromoCompleted',
      'Shipped',
    ]);
  const next = await placeOrder(restored);
  assert.ok(next > Math.max(...underWay));
  await endsAs(restored, next, 'shipped');
  assert.match(succeeded(await restored.run('reconcile')), /no difference/i);
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, temporaryFolder } from '@phone82/testkit';
import { offer } from '../load/offer.ts';
import { audit } from './audit.ts';
import { type Floor, startFloor } from './start.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let floor: Floor;
before(async () => {
  folder = await temporaryFolder();
  floor = await startFloor(folder.path);
});
after(async () => {
  await floor?.stop();
  await folder.remove();
});

const agreeOn = (kept: number, undone: number) =>
  eventually(async () => assert.deepEqual(await audit(floor, { kept, undone }), []), { timeoutMs: 20_000 });

test('every order of the floor is paid, shipped, rewarded and seen, and an undone one is undone everywhere', async () => {
  const order = { kind: 'order' } as const;
  const { ids, others } = await offer({
    url: floor.url('gateway'),
    request: order,
    pace: { rate: 20 },
    seconds: 1,
  });
  assert.deepEqual([ids.length, others], [20, {}]);
  await agreeOn(20, 0);
  const cancel = { kind: 'cancel', ids: ids.slice(0, 5) } as const;
  await offer({ url: floor.url('app'), request: cancel, pace: { clients: 5 }, seconds: 10 });
  await agreeOn(15, 5);
});

test('what the floor committed is there after a start, and nothing takes effect twice', async () => {
  await floor.stop();
  floor = await startFloor(folder.path);
  const { ids } = await offer({
    url: floor.url('app'),
    request: { kind: 'order' },
    pace: { rate: 10 },
    seconds: 1,
  });
  await agreeOn(15 + ids.length, 5);
});

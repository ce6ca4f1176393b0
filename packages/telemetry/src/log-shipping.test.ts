import assert from 'node:assert/strict';
import { createServer, type Server, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { createLog } from './log.ts';
import { type LogShipping, shipLogs } from './log-shipping.ts';

const open: { close(): void }[] = [];
after(() => {
  for (const one of open) one.close();
});

/** A fluentd that understands its forward protocol in JSON. */
async function fakeFluentd(port = 0) {
  const received: [tag: string, time: number, record: Record<string, unknown>][] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop() ?? '';
      received.push(...lines.map((line) => JSON.parse(line)));
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  open.push({ close });
  return { received, port: (server.address() as { port: number }).port, close };
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!isSo()) {
    assert.ok(performance.now() < deadline, 'not in time');
    await turn();
  }
}

function ship(port: number, dropped: number[] = []): LogShipping {
  const shipping = shipLogs({
    host: '127.0.0.1',
    port,
    tag: 'phone82.pay',
    onDropped: (n) => dropped.push(n),
  });
  open.push({ close: () => void shipping.stop() });
  return shipping;
}

test('lines arrive as they are written, under the tag', async () => {
  const fluentd = await fakeFluentd();
  const shipping = ship(fluentd.port);
  createLog({ service: 'pay', destination: shipping }).info({ orderId: 7 }, 'paid');
  await until(() => fluentd.received.length === 1);
  const [tag, time, record] = fluentd.received[0] ?? assert.fail();
  assert.deepEqual([tag, record.msg, record.orderId], ['phone82.pay', 'paid', 7]);
  assert.ok(Math.abs(time - Date.now() / 1_000) < 60);
});

test('while the receiver is away lines wait, up to a limit, and the rest is dropped and counted', async () => {
  const { port, close } = await fakeFluentd();
  close();
  const dropped: number[] = [];
  const shipping = ship(port, dropped);
  const line = JSON.stringify({ msg: 'x'.repeat(1_000) });
  for (let written = 0; written < 3_000; written++) shipping.write(line);
  assert.ok(dropped.length > 1_500 && dropped.length < 2_500, `${dropped.length} dropped`);
  const fluentd = await fakeFluentd(port);
  await until(() => fluentd.received.length === 3_000 - dropped.length);
});

test('a receiver that takes nothing costs no more than the limit', async () => {
  const server = createServer((socket) => socket.pause().on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  const dropped: number[] = [];
  const shipping = ship((server.address() as { port: number }).port, dropped);
  const line = JSON.stringify({ msg: 'x'.repeat(10_000) });
  for (let written = 0; written < 5_000; written++) {
    shipping.write(line);
    if (written % 100 === 0) await turn();
  }
  assert.ok(dropped.length > 3_000, `${dropped.length} dropped`);
  await shipping.stop();
});

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { type CuttableProxy, startCuttableProxy } from '../src/cuttable-proxy.ts';

describe('a proxy between a client and a server that echoes', () => {
  let server: Server;
  let proxy: CuttableProxy;
  const reached: string[] = [];
  before(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        reached.push(String(chunk));
        socket.write(chunk);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await startCuttableProxy((server.address() as { port: number }).port);
  });
  after(async () => {
    await proxy.close();
    server.close();
  });
  const client = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const echo = async (socket: Socket, text: string): Promise<string> => {
    socket.write(text);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    return String(chunk);
  };

  test('passes everything on while nothing is wrong', async () => {
    const socket = await client();
    assert.equal(await echo(socket, 'one'), 'one');
    socket.destroy();
  });

  test('that is cut breaks connections and takes no new ones, until it is healed', async () => {
    const socket = await client();
    const closed = once(socket, 'close');
    proxy.cut();
    await closed;
    const refused = await client();
    await once(refused, 'close');
    proxy.heal();
    const again = await client();
    assert.equal(await echo(again, 'two'), 'two');
    again.destroy();
  });

  test('that stalls keeps connections open and holds back what is sent, until it is healed', async () => {
    const socket = await client();
    await echo(socket, 'three');
    proxy.stall();
    const late = echo(socket, 'four');
    // Another connection's round trip past the proxy shows that the stalled bytes had their chance.
    const { port } = server.address() as { port: number };
    const direct = connect(port, '127.0.0.1');
    assert.equal(await echo(direct, 'direct'), 'direct');
    direct.destroy();
    assert.ok(!reached.includes('four'));
    proxy.heal();
    assert.equal(await late, 'four');
    socket.destroy();
  });

  test('that is slow passes requests on at once and answers late', async () => {
    const socket = await client();
    proxy.slow(50);
    const startedAt = performance.now();
    assert.equal(await echo(socket, 'five'), 'five');
    assert.ok(performance.now() - startedAt >= 49);
    proxy.heal();
    socket.destroy();
  });
});

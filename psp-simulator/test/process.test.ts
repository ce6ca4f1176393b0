import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { httpClient, loggedPort, temporaryFolder } from '@phone82/testkit';
import { authorization, chargeOf } from './psp-under-test.ts';

const MAIN = path.join(import.meta.dirname, '..', 'src', 'main.ts');
const headers = { authorization, 'idempotency-key': 'phone82-7:charge' };

describe('the process', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const running: ChildProcess[] = [];
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    await folder.remove();
  });

  async function start(settings: Record<string, string> = {}) {
    const DATABASE_URL = `sqlite://${encodeURI(path.join(folder.path, 'data folder', 'psp.db'))}`;
    const env = { PATH: process.env.PATH, PORT: '0', DATABASE_URL, ...settings };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
    const port = await loggedPort(child);
    return { http: httpClient(`http://127.0.0.1:${port}`), port, child, exited };
  }

  test('that dies between a charge and its answer has taken the money, once', async () => {
    const failpoints = path.join(folder.path, 'failpoints');
    await mkdir(failpoints);
    await writeFile(path.join(failpoints, 'psp-after-accept'), '');
    const first = await start({ PHONE82_FAILPOINTS: failpoints });
    await assert.rejects(first.http.post('/v1/billing/billing-1', chargeOf(7), headers));
    assert.deepEqual(await first.exited, [null, 'SIGKILL']);

    const { http } = await start();
    const found = await http.get('/v1/payments/orders/phone82-7', { authorization });
    assert.deepEqual([found.status, found.body.status], [200, 'DONE']);
    const repeated = await http.post('/v1/billing/billing-1', chargeOf(7), headers);
    assert.deepEqual(repeated.body, found.body);
    const { body } = await http.get('/simulator/balances');
    assert.deepEqual([body.balances.length, body.balances[0].charges], [1, 1]);
  });

  test('sends the webhooks that the one before it did not', async () => {
    const receiver = createServer().listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const { port } = receiver.address() as AddressInfo;
    const settings = { WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks/toss` };
    const nextId = async () => {
      const [request, response] = (await once(receiver, 'request')) as [IncomingMessage, ServerResponse];
      return { id: request.headers['tosspayments-webhook-transmission-id'], response };
    };
    const unanswered = nextId();
    const first = await start(settings);
    await first.http.post('/v1/billing/billing-1', chargeOf(7), headers);
    const { id } = await unanswered;
    first.child.kill('SIGKILL');
    await first.exited;

    const answered = nextId();
    await start(settings);
    const second = await answered;
    second.response.end();
    assert.equal(second.id, id);
    receiver.close();
  });

  test('ends when it is asked to, though a caller is connected and silent, and another one waits', async () => {
    const { child, exited, http, port } = await start();
    const silent = connect(port, '127.0.0.1');
    await once(silent, 'connect');
    await http.put('/simulator/misbehaviours', { rules: [{ kind: 'slow', ms: 600_000 }] });
    const waiting = http.post('/v1/billing/billing-1', chargeOf(7), headers);
    while ((await http.get('/simulator/balances')).body.balances.length === 0);
    child.kill('SIGTERM');
    await assert.rejects(waiting);
    assert.deepEqual(await exited, [0, null]);
    silent.destroy();
  });

  test('does not start in production, and makes no books', async () => {
    await assert.rejects(
      start({ PHONE82_ENV: 'production' }),
      /PHONE82_ENV=production: the PSP simulator moves no money and does not start/,
    );
    assert.equal(existsSync(path.join(folder.path, 'data folder')), false);
  });
});

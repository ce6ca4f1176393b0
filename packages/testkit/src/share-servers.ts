import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOCKET } from './shared-servers.ts';
import { type TestServerPool, testServerPool } from './test-server-pool.ts';

/**
 * Shares one PostgreSQL, one MariaDB and one Kafka with the test files that the work starts. Each server starts when the first file asks
 * for it, and ends with the work.
 */
export async function shareServers<T>(work: () => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'phone82-servers-'));
  const socket = join(folder, 'servers.sock');
  const pool = testServerPool();
  const server = http.createServer((request, response) => {
    void answerTo(pool, request).then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((listening) => server.listen(socket, listening));
  process.env[SOCKET] = socket;
  try {
    return await work();
  } finally {
    delete process.env[SOCKET];
    server.close();
    await pool.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function answerTo(pool: TestServerPool, request: http.IncomingMessage): Promise<object> {
  const [, kind, action] = request.url?.split('/') ?? [];
  if (kind === 'kafka') return { brokers: (await pool.kafka()).brokers };
  if (kind !== 'postgres' && kind !== 'mariadb') throw new Error(`there is no server "${kind}"`);
  const database = await pool.database(kind);
  const names = await namesIn(request);
  if (action === 'create') await database.createDatabase(...names);
  if (action === 'drop') await database.dropDatabase(...names);
  return { port: database.port, url: database.url(names[0] ?? '') };
}

async function namesIn(request: http.IncomingMessage): Promise<readonly string[]> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return (JSON.parse(text) as { names?: string[] }).names ?? [];
}

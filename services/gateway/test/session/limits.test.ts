import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@phone82/persistence';
import { eventually } from '@phone82/testkit';
import { sql } from 'kysely';
import { newBrowser } from './browser.ts';
import { refusal } from './problem-code.ts';
import { sessionSystem } from './session-system.ts';

test('a flood of sign-ins is refused with 429, and leaves no rows; other requests go on', async (t) => {
  const { startCopy, databaseUrl } = await sessionSystem(t);
  const { url } = await startCopy({ env: { SIGN_IN_REQUESTS_PER_MINUTE: '5' } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => newBrowser(url).get('/session/sign-in')),
  );
  assert.equal(answers.filter(({ status }) => status === 303).length, 5);
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(refused.length, 45);
  for (const answer of refused) {
    assert.ok(Number(answer.headers.get('retry-after')) > 1);
    assert.deepEqual(await refusal(answer), [429, 'too-many-requests']);
  }
  assert.equal((await newBrowser(url).get('/session/callback?code=x&state=y')).status, 429);
  assert.equal((await fetch(`${url}/orders/1`)).status, 200);
  const database = openDatabase(databaseUrl, { poolSize: 1 });
  t.after(() => database.close());
  const { rows } = await sql<{ n: number }>`select count(*) as n from sessions`.execute(database.kysely);
  assert.equal(rows[0]?.n, 0);
});

test('sessions that nobody uses and logout tokens of the past are deleted in batches', async (t) => {
  const { startCopy, databaseUrl } = await sessionSystem(t);
  const first = await startCopy();
  await first.stop();
  const database = openDatabase(databaseUrl, { poolSize: 1 });
  t.after(() => database.close());
  await sql`insert into sessions (id_hash, subject, name, roles, access_token, access_expires_at, refresh_at,
      created_at, last_used_at, expires_at, version)
    select 'h' || n, 's', 'n', '[]', 'x', 0, 0, 0, n, 0, 1 from generate_series(1, 2500) as n`.execute(
    database.kysely,
  );
  await sql`insert into logout_tokens select 'j' || n, n from generate_series(1, 2500) as n`.execute(
    database.kysely,
  );
  await startCopy();
  await eventually(async () => {
    for (const table of ['sessions', 'logout_tokens']) {
      const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(
        database.kysely,
      );
      assert.equal(rows[0]?.n, 0, table);
    }
  });
});

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type OrderServer, orderServer } from './order-server.ts';

let app: OrderServer;
before(async () => {
  app = await orderServer();
});
after(() => app.server.close());

const json = 'application/json';
const post = (payload: string, type: string | undefined = json) =>
  app.server.inject({
    method: 'POST',
    url: '/orders',
    payload,
    headers: { 'accept-language': 'en', ...(type && { 'content-type': type }) },
  });

for (const type of [json, 'application/json; charset=utf-8', 'application/hal+json']) {
  test(`takes ${type}, and a number that came as a string`, async () => {
    const answer = await post('{"item":"LG10","qty":"2"}', type);
    assert.equal(answer.statusCode, 201);
    assert.equal(answer.json().qty, 2);
  });
}

const refused: readonly [body: string, status: number, code: string, type?: string][] = [
  ['{"item":"LG10","qty":"1.5"}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":"abc"}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":true}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":null}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":101}', 400, 'request-invalid'],
  ['{"item":5,"qty":1}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":1,"price":1}', 400, 'request-invalid'],
  ['{"item":"LG10","qty":1,"__proto__":{}}', 400, 'body-malformed'],
  ['[]', 400, 'request-invalid'],
  ['null', 400, 'request-invalid'],
  ['{"item":', 400, 'body-malformed'],
  ['', 400, 'request-invalid'],
  [' ', 400, 'body-malformed'],
  [`{"item":"${'x'.repeat(17_000)}","qty":1}`, 413, 'body-too-large'],
  ['item=LG10&qty=1', 415, 'media-type-unsupported', 'application/x-www-form-urlencoded'],
  ['{"item":"LG10","qty":1}', 415, 'media-type-unsupported', 'text/plain'],
  ['{"item":"unknown","qty":1}', 422, 'item-unknown'],
];
for (const [body, status, code, type] of refused) {
  test(`refuses ${body.slice(0, 40) || 'an empty body'} with ${status} ${code}`, async () => {
    const answer = await post(body, type);
    assert.equal(answer.statusCode, status);
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/);
    assert.equal(answer.json().code, code);
    assert.equal(answer.json().status, status);
  });
}

test('refuses a request without a body', async () => {
  const answer = await app.server.inject({ method: 'POST', url: '/orders' });
  assert.equal(answer.statusCode, 400);
  assert.equal(answer.json().code, 'request-invalid');
});

for (const method of ['POST', 'DELETE'] as const)
  for (const type of [
    json,
    'application/hal+json',
    'application/x-www-form-urlencoded',
    'text/plain',
    undefined,
  ])
    test(`takes a ${method} that needs no body and has none, with the content type ${type}`, async () => {
      const headers = { 'content-length': '0', ...(type && { 'content-type': type }) };
      const answer = await app.server.inject({ method, url: '/letters/1', headers });
      assert.deepEqual([answer.statusCode, answer.json()], [200, { outcome: 'handled' }]);
    });

test('takes an empty body that came in chunks', async () => {
  const headers = { 'content-type': json, 'transfer-encoding': 'chunked' };
  assert.equal((await app.server.inject({ method: 'POST', url: '/letters/1', headers })).statusCode, 200);
  const needed = await app.server.inject({ method: 'POST', url: '/orders', headers });
  assert.deepEqual([needed.statusCode, needed.json().code], [400, 'request-invalid']);
});

test('refuses a body that is no JSON where none is needed', async () => {
  const headers = { 'content-type': json };
  const answer = await app.server.inject({ method: 'POST', url: '/letters/1', headers, payload: '{' });
  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'body-malformed']);
});

const unreadable = [
  '/orders?size=0',
  '/orders?size=abc',
  '/orders?sort=password',
  '/orders?size=1&size=2',
  '/orders?x=1',
];
for (const url of unreadable) {
  test(`refuses the query of ${url}`, async () => {
    const answer = await app.server.inject({ url });
    assert.deepEqual([answer.statusCode, answer.json().code], [400, 'request-invalid']);
  });
}

for (const id of ['0', '-1', 'abc', '1.5', '9007199254740993', '1%20', 'x'.repeat(500)]) {
  test(`has nothing at /orders/${id.slice(0, 20)}`, async () => {
    const answer = await app.server.inject({ url: `/orders/${id}` });
    assert.deepEqual([answer.statusCode, answer.json().code], [404, 'not-found']);
  });
}

test('says which methods an address takes', async () => {
  const answer = await app.server.inject({ method: 'DELETE', url: '/orders/1' });
  assert.deepEqual([answer.statusCode, answer.json().code], [405, 'method-not-allowed']);
  assert.equal(answer.headers.allow, 'GET, HEAD');
});

test('says so too when the request could not be read in any case', async () => {
  const withoutBody = await app.server.inject({ method: 'QUERY' as 'POST', url: '/orders/1' });
  assert.deepEqual([withoutBody.statusCode, withoutBody.headers.allow], [405, 'GET, HEAD']);
  const headers = { 'content-type': 'text/plain' };
  const unreadable = await app.server.inject({ method: 'POST', url: '/nowhere', headers, body: 'phone' });
  assert.deepEqual([unreadable.statusCode, unreadable.json().code], [404, 'not-found']);
});

test('answers an address that cannot be decoded with a problem', async () => {
  const answer = await app.server.inject({ url: '/orders/%zz' });
  assert.deepEqual([answer.statusCode, answer.json().code], [400, 'request-invalid']);
});

test('speaks Korean unless asked for English', async () => {
  const answer = await app.server.inject({ url: '/nowhere' });
  assert.equal(answer.json().detail, '찾을 수 없습니다.');
  assert.equal(answer.headers['content-language'], 'ko');
});

test('tells no one what went wrong inside, but the log', async () => {
  const answer = await post('{"item":"broken","qty":1}');
  assert.equal(answer.statusCode, 500);
  assert.doesNotMatch(answer.body, /secret|stack|at file/);
  const logged = app.lines.find(({ msg }) => msg === 'unexpected error') as { err: { message: string } };
  assert.equal(logged.err.message, 'the secret is 42');
});

test('says when to come back', async () => {
  const answer = await post('{"item":"busy","qty":1}');
  assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '3']);
});

test('lets no browser guess types or frame answers', async () => {
  const { headers } = await app.server.inject({ url: '/orders/1' });
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /default-src 'none'/);
});

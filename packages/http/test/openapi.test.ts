import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderServer } from './order-server.ts';

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: object; readonly headers?: object }>
  >;
}

async function describe() {
  const { server } = await orderServer();
  const answer = await server.inject({ url: '/openapi.json' });
  return answer.json() as {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, object> };
  };
}

test('describes the routes of the service, and none that every service has', async () => {
  const { openapi, paths } = await describe();
  assert.equal(openapi, '3.1.1');
  assert.deepEqual(Object.keys(paths).sort(), ['/orders', '/orders/{id}']);
  assert.equal(paths['/orders']?.post?.operationId, 'placeOrder');
});

test('names the problems of each operation by status', async () => {
  const { paths } = await describe();
  const responses = paths['/orders']?.post?.responses ?? {};
  const refusals = ['400', '401', '403', '409', '413', '415', '422', '429', '500', '503'];
  assert.deepEqual(Object.keys(responses), ['201', ...refusals]);
  assert.match(responses['422']?.description ?? '', /item-unknown/);
  assert.match(responses['400']?.description ?? '', /body-malformed/);
  assert.deepEqual(responses['422']?.content, {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  });
});

test('tells of the key of an operation that acts once, its refusals, and when to try again', async () => {
  const { paths } = await describe();
  const [placing, finding] = [paths['/orders']?.post, paths['/orders/{id}']?.get];
  assert.deepEqual(
    placing?.parameters?.map(({ in: place, name }) => `${place} ${name}`),
    ['header idempotency-key'],
  );
  assert.match(placing?.responses['409']?.description ?? '', /idempotency-in-flight/);
  assert.equal(finding?.responses['409'], undefined);
  assert.deepEqual(Object.keys(finding?.responses['503']?.headers ?? {}), ['Retry-After']);
});

test('has every schema with a name once, under that name', async () => {
  const { paths, components } = await describe();
  const names = new Set(JSON.stringify(paths).match(/(?<=schemas\/)\w+/g));
  for (const name of names) assert.ok(components.schemas[name], name);
  assert.deepEqual([...names].sort(), ['Order', 'OrderPage', 'PlaceOrderRequest', 'Problem']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withContext } from './context.ts';
import { createLog } from './log.ts';

function logTo(lines: Record<string, unknown>[], level?: 'info' | 'warn') {
  return createLog({ service: 'pay', level, destination: { write: (line) => lines.push(JSON.parse(line)) } });
}
const context = {
  correlationId: 'c-1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  causationId: 'm-1',
};

test('a line names its service, its level in words and its time as ISO', () => {
  const lines: Record<string, unknown>[] = [];
  logTo(lines).info({ orderId: 7 }, 'paid');
  const [{ time, ...line } = {}] = lines;
  assert.deepEqual(line, { level: 'info', service: 'pay', orderId: 7, msg: 'paid' });
  assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a line carries the ids of the work it belongs to, also after an await', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = logTo(lines);
  await withContext(context, async () => {
    await Promise.resolve();
    log.info({}, 'inside');
  });
  const [{ correlationId, traceId, causationId } = {}] = lines;
  assert.deepEqual(
    { correlationId, traceId, causationId },
    { correlationId: 'c-1', traceId: '0af7651916cd43dd8448eb211c80319c', causationId: 'm-1' },
  );
});

test('an error keeps its message and its stack', () => {
  const lines: Record<string, unknown>[] = [];
  logTo(lines).error({ err: new Error('no') }, 'failed');
  const err = lines[0]?.err as { message: string; stack: string };
  assert.equal(err.message, 'no');
  assert.match(err.stack, /log\.test/);
});

test('lines under the level are not written', () => {
  const lines: Record<string, unknown>[] = [];
  logTo(lines, 'warn').info({}, 'quiet');
  assert.deepEqual(lines, []);
});

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createMetrics } from '@phone82/telemetry';
import { eventsHandled, untilAtRest } from './until-at-rest.ts';

test('adds up what a service handled, as it shows it', async () => {
  const metrics = createMetrics('store');
  const handled = metrics.counter('events_handled_total', 'Events that took effect', ['event']);
  handled.inc({ event: 'Ordered' }, 3);
  handled.inc({ event: 'PayCompleted' }, 4);
  assert.equal(eventsHandled(await metrics.render()), 7);
});

test('a system that still handles events is not at rest', async (t) => {
  const counts = [5, 9, 12];
  let looks = 0;
  const service = createServer((_request, response) => {
    response.end(`events_handled_total{event="Ordered"} ${counts[Math.min(looks++, counts.length - 1)]}\n`);
  });
  await new Promise<void>((listening) => service.listen(0, '127.0.0.1', listening));
  t.after(() => service.close());
  await untilAtRest([`http://127.0.0.1:${(service.address() as AddressInfo).port}`]);
  assert.equal(looks, 5, 'the last count was seen three times');
});

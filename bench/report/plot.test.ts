import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plotSvg } from './plot.ts';

test('draws a line for each series, and keeps its names readable as XML', () => {
  const points = [
    { x: 10, y: 20 },
    { x: 20, y: 2_000 },
  ];
  const svg = plotSvg({
    title: 'a < b & c',
    x: 'orders/s',
    y: 'ms',
    series: [
      { name: 'p50', points },
      { name: 'p99', points },
    ],
  });
  assert.equal(svg.match(/<polyline/g)?.length, 2);
  assert.ok(
    svg.includes('<title>a &lt; b &amp; c</title>') && svg.includes('>100</text>') && !svg.includes('NaN'),
  );
});

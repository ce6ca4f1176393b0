/** A line of points. */
export interface Series {
  readonly name: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly Series[];
}

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { left: 64, right: 24, top: 40, bottom: 48 };
const COLOURS = ['#1f6feb', '#d1242f', '#57606a', '#8250df'];
const TICKS = 4;

/** An SVG picture; the vertical axis grows by powers of ten, since latencies do. */
export function plotSvg({ title, x, y, series }: Plot): string {
  const all = series.flatMap(({ points }) => points);
  const mostX = Math.max(1, ...all.map((point) => point.x));
  const lowY = Math.floor(Math.log10(Math.max(1, Math.min(...all.map((point) => point.y)))));
  const highY = Math.max(lowY + 1, Math.ceil(Math.log10(Math.max(1, ...all.map((point) => point.y)))));
  const toX = (value: number) => MARGIN.left + (value / mostX) * (WIDTH - MARGIN.left - MARGIN.right);
  const toY = (value: number) =>
    HEIGHT -
    MARGIN.bottom -
    ((Math.log10(Math.max(1, value)) - lowY) / (highY - lowY)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    '<rect width="100%" height="100%" fill="white"/>',
    text(WIDTH / 2, 20, title, 'middle'),
    text(WIDTH / 2, HEIGHT - 10, x, 'middle'),
    text(8, MARGIN.top - 8, y, 'start'),
    ...xTicks(mostX, toX),
    ...yTicks(lowY, highY, toY),
    ...series.flatMap(({ name, points }, index) => {
      const colour = COLOURS[index % COLOURS.length] as string;
      const places = points.map((point) => `${toX(point.x).toFixed(1)},${toY(point.y).toFixed(1)}`).join(' ');
      return [
        `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="2"/>`,
        text(MARGIN.left + 12, MARGIN.top + 16 * (index + 1), name, 'start', colour),
      ];
    }),
    '</svg>',
    '',
  ].join('\n');
}

const text = (x: number, y: number, words: string, anchor: string, fill = '#24292f') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}">${escaped(words)}</text>`;

const escaped = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function xTicks(most: number, toX: (value: number) => number): string[] {
  return Array.from({ length: TICKS + 1 }, (_, index) => (most * index) / TICKS).map((value) =>
    text(toX(value), HEIGHT - MARGIN.bottom + 16, value.toFixed(0), 'middle'),
  );
}

function yTicks(low: number, high: number, toY: (value: number) => number): string[] {
  return Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).flatMap((value) => [
    `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${toY(value)}" y2="${toY(value)}" stroke="#d0d7de"/>`,
    text(MARGIN.left - 6, toY(value) + 4, String(value), 'end'),
  ]);
}

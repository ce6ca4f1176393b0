import { cpus, totalmem } from 'node:os';
import type { Results } from '../measure/everything.ts';
import type { Pair } from '../measure/figures.ts';
import type { Life } from '../measure/life.ts';
import { costTable, type Line, linesOf, tableOf } from './lines.ts';
import { plotSvg, type Series } from './plot.ts';

/** A page in Markdown of all that was measured. `plot` is the file that {@link lifePlot} goes to. */
export function reportPage(results: Results, command: string, plot: string | undefined): string[] {
  const { intake, gateway, life, cancels, looks } = results;
  return [
    `Measured by \`${command}\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node},`,
    'the clients on the same cores, in turns with the bare floor (`bench/floor`), durable settings on for both.',
    ...section('Start and rest', tableOf(startLines(results))),
    ...(intake
      ? section('Intake, 100 clients directly at app', [
          ...tableOf(linesOf(intake, 'in the view')),
          '',
          ...costTable(intake),
        ])
      : []),
    ...(gateway
      ? section('Intake, 100 clients through the gateway', tableOf(linesOf(gateway, 'in the view')))
      : []),
    ...(intake && gateway
      ? [
          '',
          `Through the gateway ${(gateway.phone82.perSecond / intake.phone82.perSecond).toFixed(2)} × direct; the floor's pass-through ${(gateway.floor.perSecond / intake.floor.perSecond).toFixed(2)}.`,
        ]
      : []),
    ...(life ? section('The whole life of an order', lifeTables(life, plot)) : []),
    ...(cancels ? section('Cancels, 50 clients', tableOf(linesOf(cancels, 'undone in the view'))) : []),
    ...(looks ? section('Looks at an order in the view, 100 clients', tableOf(linesOf(looks, ''))) : []),
  ];
}

const section = (title: string, lines: readonly string[]) => ['', `### ${title}`, '', ...lines];

const startLines = ({ ready, atRest }: Results): Line[] => [
  { what: 'first start', unit: 's', phone82: ready.phone82.first, floor: ready.floor.first },
  { what: 'second start', unit: 's', phone82: ready.phone82.second, floor: ready.floor.second },
  { what: 'memory at rest (RSS)', unit: 'MB', phone82: atRest.phone82.rssMb, floor: atRest.floor.rssMb },
  {
    what: 'memory at rest (shared pages in parts)',
    unit: 'MB',
    phone82: atRest.phone82.pssMb,
    floor: atRest.floor.pssMb,
  },
];

function lifeTables({ phone82, floor }: Pair<Life>, plot: string | undefined): string[] {
  const rate = {
    what: 'highest rate that the view keeps up with',
    unit: '/s',
    phone82: phone82.sustained,
    floor: floor.sustained,
  };
  const relaxed =
    phone82.relaxed && floor.relaxed
      ? linesOf({ phone82: phone82.relaxed, floor: floor.relaxed }, 'in the view')
      : [];
  return [
    ...tableOf([rate]),
    '',
    'At 80 % of it, each at its own rate:',
    '',
    ...tableOf(relaxed),
    ...(plot ? ['', `![from order to view at rising rates](${plot})`] : []),
  ];
}

/** From order to view, over the rate. */
export function lifePlot({ phone82, floor }: Pair<Life>): string {
  const series = (name: string, { steps }: Life): Series[] => [
    { name: `${name} p50`, points: steps.map(({ rate, inViewP50 }) => ({ x: rate, y: inViewP50 })) },
    { name: `${name} p99`, points: steps.map(({ rate, inViewP99 }) => ({ x: rate, y: inViewP99 })) },
  ];
  return plotSvg({
    title: 'From the order until it is in the view, shipped and with its mileage',
    x: 'orders a second, open loop',
    y: 'ms',
    series: [...series('phone82', phone82), ...series('floor', floor)],
  });
}

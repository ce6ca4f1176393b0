import { cpus, totalmem } from 'node:os';
import type { BesideRestate } from '../measure/beside-restate.ts';
import type { Results } from '../measure/everything.ts';
import type { Figures, Pair } from '../measure/figures.ts';
import type { Life } from '../measure/life.ts';
import { costTable, type Line, linesOf, otherAnswers, tableOf } from './lines.ts';
import { plotSvg, type Series } from './plot.ts';

/** A page in Markdown of all that was measured. `plot` is the file that {@link lifePlot} goes to. */
export function reportPage(results: Results, command: string, plot: string | undefined): string[] {
  const { intake, gateway, life, cancels, looks, restate, labels } = results;
  const figures = (title: string, of: Pair<Figures> | undefined, seen?: string) =>
    of ? section(title, figuresTable(of, labels, seen)) : [];
  return [
    `Measured by \`${command}\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GB, Node ${process.versions.node}:`,
    `${labels.measured} in turns with ${labels.beside}, the clients on the same cores, durable settings on for both.`,
    ...section('Start and rest', tableOf(startLines(results), labels)),
    ...figures('Intake, 100 clients directly at app', intake),
    ...(intake ? ['', ...costTable(intake, labels)] : []),
    ...figures('Intake, 100 clients through the gateway', gateway),
    ...(intake && gateway ? ['', throughGateway(intake, gateway)] : []),
    ...(life ? section('The whole life of an order', lifeTables(life, labels, plot)) : []),
    ...figures('Cancels, 50 clients', cancels, 'undone in the view'),
    ...figures('Looks at an order in the view, 100 clients', looks),
    ...(restate ? restateTables(restate) : []),
  ];
}

const section = (title: string, lines: readonly string[]) => ['', `### ${title}`, '', ...lines];

const figuresTable = (of: Pair<Figures>, labels: Pair<string>, seen = 'in the view') => [
  ...tableOf(linesOf(of, seen), labels),
  ...otherAnswers(of, labels),
];

const throughGateway = (direct: Pair<Figures>, through: Pair<Figures>) =>
  `Through the gateway ${(through.measured.perSecond / direct.measured.perSecond).toFixed(2)} × direct; beside it ${(through.beside.perSecond / direct.beside.perSecond).toFixed(2)}.`;

function startLines({ ready, atRest }: Results): Line[] {
  const line = (what: string, unit: string, measured: number, beside: number) => ({
    what,
    unit,
    measured,
    beside,
  });
  const { measured, beside } = atRest;
  return [
    line('first start', 's', ready.measured.first, ready.beside.first),
    line('second start', 's', ready.measured.second, ready.beside.second),
    line('memory at rest (RSS)', 'MB', measured.rssMb, beside.rssMb),
    line('memory at rest (shared pages in parts)', 'MB', measured.pssMb, beside.pssMb),
  ];
}

function lifeTables(
  { measured, beside }: Pair<Life>,
  labels: Pair<string>,
  plot: string | undefined,
): string[] {
  const what = 'highest rate that the view keeps up with';
  const rate = { what, unit: '/s', measured: measured.sustained, beside: beside.sustained };
  const relaxed =
    measured.relaxed && beside.relaxed
      ? figuresTable({ measured: measured.relaxed, beside: beside.relaxed }, labels)
      : tableOf([], labels);
  return [
    ...tableOf([rate], labels),
    '',
    'At 80 % of it, each at its own rate:',
    '',
    ...relaxed,
    ...(plot ? ['', `![from order to view at rising rates](${plot})`] : []),
  ];
}

function restateTables({ labels, crowd, life }: BesideRestate): string[] {
  return [
    ...section('Beside Restate, 100 clients', figuresTable(crowd, labels)),
    '',
    ...costTable(crowd, labels),
    ...section('Beside Restate, the whole life of an order', lifeTables(life, labels, undefined)),
  ];
}

/** From order to view, over the rate. */
export function lifePlot({ measured, beside }: Pair<Life>, labels: Pair<string>): string {
  const series = (name: string, { steps }: Life): Series[] => [
    { name: `${name} p50`, points: steps.map(({ rate, inViewP50 }) => ({ x: rate, y: inViewP50 })) },
    { name: `${name} p99`, points: steps.map(({ rate, inViewP99 }) => ({ x: rate, y: inViewP99 })) },
  ];
  return plotSvg({
    title: 'From the order until it is in the view, shipped and with its mileage',
    x: 'orders a second, open loop',
    y: 'ms',
    series: [...series(labels.measured, measured), ...series(labels.beside, beside)],
  });
}

import type { Figures, Pair } from '../measure/figures.ts';

/** One thing that was measured of both. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly phone82: number;
  readonly floor: number;
}

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);
const number = (value: number) => value.toFixed(digits(value));

/** A table in Markdown; the ratio is phone82 over the floor. */
export function tableOf(lines: readonly Line[]): string[] {
  return [
    '| | phone82 | the floor | ratio |',
    '|---|---:|---:|---:|',
    ...lines.map(
      ({ what, unit, phone82, floor }) =>
        `| ${what} | ${number(phone82)} ${unit} | ${number(floor)} ${unit} | ${floor > 0 ? (phone82 / floor).toFixed(2) : '–'} |`,
    ),
  ];
}

export function linesOf({ phone82, floor }: Pair<Figures>, seen: string): Line[] {
  const line = (what: string, unit: string, of: (figures: Figures) => number | undefined): Line[] => {
    const [ours, theirs] = [of(phone82), of(floor)];
    return ours === undefined || theirs === undefined ? [] : [{ what, unit, phone82: ours, floor: theirs }];
  };
  return [
    ...line('answered', '/s', ({ perSecond }) => perSecond),
    ...line('p50', 'ms', ({ answered }) => answered.p50),
    ...line('p99', 'ms', ({ answered }) => answered.p99),
    ...line('p99.9', 'ms', ({ answered }) => answered.p999),
    ...line('availability', '%', ({ availability }) => availability),
    ...line(`${seen}, until the last`, '/s', ({ view }) => view?.perSecond),
    ...line(`${seen}, p50`, 'ms', ({ view }) => view?.took.p50),
    ...line(`${seen}, p99`, 'ms', ({ view }) => view?.took.p99),
    ...line('CPU for each, all processes', 'ms', ({ cpuMs }) =>
      Object.values(cpuMs).reduce((a, b) => a + b, 0),
    ),
    ...line('memory under it (RSS)', 'MB', ({ memory }) => memory.rssMb),
    ...line('memory under it (shared pages in parts)', 'MB', ({ memory }) => memory.pssMb),
  ];
}

/** Who spends the time: CPU of each process for one order. */
export function costTable({ phone82, floor }: Pair<Figures>): string[] {
  const names = [...new Set([...Object.keys(phone82.cpuMs), ...Object.keys(floor.cpuMs)])];
  const cell = (value: number | undefined) => (value === undefined ? '–' : `${value.toFixed(2)} ms`);
  return [
    '| CPU for an order | phone82 | the floor |',
    '|---|---:|---:|',
    ...names.map(
      (name) =>
        `| ${name} | ${cell(phone82.cpuMs[name])} | ${cell(floor.cpuMs[name] ?? floor.cpuMs[floorName(name)])} |`,
    ),
  ];
}

const floorName = (name: string) => (name === 'psp-simulator' ? 'psp' : name);

import type { Figures, Pair } from '../measure/figures.ts';

/** One thing that was measured of both. */
export interface Line {
  readonly what: string;
  readonly unit: string;
  readonly measured: number;
  readonly beside: number;
}

const digits = (value: number) => (value >= 100 ? 0 : value >= 10 ? 1 : 2);
const number = (value: number) => value.toFixed(digits(value));

/** A table in Markdown; the ratio is the one that is measured over the one beside it. */
export function tableOf(lines: readonly Line[], labels: Pair<string>): string[] {
  return [
    `| | ${labels.measured} | ${labels.beside} | ratio |`,
    '|---|---:|---:|---:|',
    ...lines.map(
      ({ what, unit, measured, beside }) =>
        `| ${what} | ${number(measured)} ${unit} | ${number(beside)} ${unit} | ${beside > 0 ? (measured / beside).toFixed(2) : '–'} |`,
    ),
  ];
}

export function linesOf({ measured, beside }: Pair<Figures>, seen: string): Line[] {
  const line = (what: string, unit: string, of: (figures: Figures) => number | undefined): Line[] => {
    const [ours, theirs] = [of(measured), of(beside)];
    return ours === undefined || theirs === undefined ? [] : [{ what, unit, measured: ours, beside: theirs }];
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

/** What was answered to those who did not get what they hoped for; nothing where there were none. */
export function otherAnswers({ measured, beside }: Pair<Figures>, labels: Pair<string>): string[] {
  const told = ({ others }: Figures, label: string) => {
    const counts = Object.entries(others).map(([what, count]) => `${count} × ${what}`);
    return counts.length > 0 ? [`${label} answered ${counts.join(', ')}`] : [];
  };
  const both = [...told(measured, labels.measured), ...told(beside, labels.beside)];
  return both.length > 0 ? ['', `Else ${both.join('; ')}.`] : [];
}

/** Who spends the time: CPU of each process for one order. */
export function costTable({ measured, beside }: Pair<Figures>, labels: Pair<string>): string[] {
  const names = [...new Set([...Object.keys(measured.cpuMs), ...Object.keys(beside.cpuMs)])];
  const cell = (value: number | undefined) => (value === undefined ? '–' : `${value.toFixed(2)} ms`);
  return [
    `| CPU for an order | ${labels.measured} | ${labels.beside} |`,
    '|---|---:|---:|',
    ...names.map(
      (name) =>
        `| ${name} | ${cell(measured.cpuMs[name])} | ${cell(beside.cpuMs[name] ?? beside.cpuMs[floorName(name)])} |`,
    ),
  ];
}

const floorName = (name: string) => (name === 'psp-simulator' ? 'psp' : name);

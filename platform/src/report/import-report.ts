import { table } from './table.ts';

/** What came of one service's import, as the service itself reports it. */
export interface ImportReport {
  readonly service: string;
  /** Records of the log, and of these, those of types that nobody knows, those that can't be read, and those of orders without a record. */
  readonly read: number;
  readonly unknownType: number;
  readonly malformed: number;
  readonly orphans: number;
  readonly created: number;
  readonly changed: number;
  readonly records: number;
  readonly open: Readonly<Record<string, number>>;
  readonly group: 'placed' | 'kept';
}

/** What a person sees after an import: counts for each service, and what is still to be done. */
export function importReport(reports: readonly ImportReport[]): readonly string[] {
  const heading = [
    'service',
    'read',
    'created',
    'changed',
    'records',
    'unknown type',
    'unreadable',
    'no record',
  ];
  const open = reports.flatMap(({ service, open }) =>
    Object.entries(open).map(([what, count]) => `  ${service}: ${count} ${what}`),
  );
  const begins = reports.map(({ service, group }) => `${service} ${goesOn[group]}`);
  return [
    ...table([heading, ...reports.map(row)]),
    '',
    ...(open.length > 0 ? ['still to be done:', ...open] : ['nothing is left to be done']),
    begins.join('; '),
  ];
}

const goesOn = {
  placed: 'begins behind what was read',
  kept: 'goes on where its group had stopped',
} as const;

const row = (report: ImportReport): readonly (string | number)[] => [
  report.service,
  report.read,
  report.created,
  report.changed,
  report.records,
  report.unknownType,
  report.malformed,
  report.orphans,
];

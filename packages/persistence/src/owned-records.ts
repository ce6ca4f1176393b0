import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { OwnedBy } from './queries.ts';
import type { RecordMapping, Row } from './record-mapping.ts';

/**
 * The columns by which someone's records are found, and their values.
 * @throws RangeError if the mapping knows no such owner.
 */
export function ownerColumns(
  { owners = {} }: Pick<RecordMapping<never>, 'owners'>,
  ownedBy: OwnedBy,
): readonly [column: string, value: string][] {
  return Object.entries(ownedBy).flatMap(([owner, value]) => {
    if (value === undefined) return [];
    const column = Object.hasOwn(owners, owner) ? owners[owner] : undefined;
    if (column === undefined) throw new RangeError(`records do not belong to a "${owner}"`);
    return [[column, value]];
  });
}

/** The condition on a row that one of the columns names the owner; false where there is no column. */
export const ownedRow =
  (columns: readonly [column: string, value: string][]) =>
  // biome-ignore lint/suspicious/noExplicitAny: every service has tables of its own
  (row: ExpressionBuilder<any, any>): ExpressionWrapper<any, any, SqlBool> =>
    row.or(columns.map(([column, value]) => row(column, '=', value)));

/** The same condition on a row in memory. */
export const isOwnedRow = (columns: readonly [column: string, value: string][], row: Row): boolean =>
  columns.some(([column, value]) => row[column] === value);

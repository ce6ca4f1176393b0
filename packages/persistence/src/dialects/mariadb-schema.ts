import {
  type ColumnDefinitionNode,
  type CreateIndexNode,
  type CreateTableNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  sql,
} from 'kysely';

/** Bytes are compared, blanks at the end included: ids that differ in case or blanks are different ids. */
const TABLE_OPTIONS =
  sql`engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin`.toOperationNode();

/** What is called text elsewhere has no such limit as MariaDB's 64 KB. */
const UNLIMITED_TEXT = sql`longtext`.toOperationNode();

/**
 * MariaDB commits each change of a schema by itself, so a step that fails leaves its first half behind. What
 * a step makes is made if it is not there, so that the step can run again.
 */
class MariadbSchema extends OperationNodeTransformer {
  protected override transformCreateTable(node: CreateTableNode): CreateTableNode {
    const table = super.transformCreateTable(node);
    return { ...table, ifNotExists: true, endModifiers: [...(table.endModifiers ?? []), TABLE_OPTIONS] };
  }

  protected override transformCreateIndex(node: CreateIndexNode): CreateIndexNode {
    return { ...super.transformCreateIndex(node), ifNotExists: true };
  }

  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node);
    const { dataType } = column;
    const isText = dataType.kind === 'DataTypeNode' && 'dataType' in dataType && dataType.dataType === 'text';
    return isText ? { ...column, dataType: UNLIMITED_TEXT } : column;
  }
}

const transformer = new MariadbSchema();

/** Makes tables as the services expect them, by the same migrations as elsewhere. */
export const mariadbSchema: KyselyPlugin = {
  transformQuery: ({ node }) => transformer.transformNode(node),
  transformResult: async ({ result }) => result,
};

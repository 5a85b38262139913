import { loadModule, parseSync } from 'libpg-query';

type Node = Record<string, any>;

/**
 * Finds what a migration does that the previous version, which still reads and
 * writes while replicas are replaced, cannot stand: expand now, contract in a
 * later version.
 */
export class RollingRules {
  /** Loads PostgreSQL's parser. */
  static async load(): Promise<RollingRules> {
    await loadModule();
    return new RollingRules();
  }

  /** What breaks, in the order of the statements; tables that the same migration creates may change freely. */
  violations(statements: readonly string[]): string[] {
    const parsed = statements.flatMap(
      sql => (parseSync(sql) as { stmts?: Node[] }).stmts ?? [],
    );
    const created = new Set<string>();
    const found: string[] = [];
    for (const { stmt } of parsed) {
      const [[type, node]] = Object.entries<Node>(stmt);
      if (type === 'CreateStmt') created.add(node.relation.relname);
      if (created.has(tableOf(type, node) ?? '')) continue;
      found.push(...judge(type, node));
    }
    return found;
  }
}

function tableOf(type: string, node: Node): string | undefined {
  if (type === 'DropStmt') return droppedName(node);
  return node.relation?.relname;
}

function* judge(type: string, node: Node): Iterable<string> {
  const table = tableOf(type, node);
  switch (type) {
    case 'DropStmt':
      // Without an index, a statement is slower, but works.
      if (node.removeType !== 'OBJECT_INDEX') yield `${table} is dropped`;
      break;
    case 'RenameStmt':
      yield `${table}${node.subname ? `.${node.subname}` : ''} is renamed`;
      break;
    case 'TruncateStmt':
      yield 'rows are truncated';
      break;
    case 'IndexStmt':
      if (node.unique) yield `${table} gets a unique index`;
      break;
    case 'CreateTrigStmt':
      yield `${table} gets a trigger`;
      break;
    case 'AlterTableStmt':
      for (const { AlterTableCmd: command } of node.cmds) {
        yield* judgeCommand(table!, command);
      }
      break;
    default:
  }
}

function* judgeCommand(table: string, command: Node): Iterable<string> {
  const column = `${table}.${command.name}`;
  switch (command.subtype) {
    case 'AT_DropColumn':
      yield `${column} is dropped`;
      break;
    case 'AT_AlterColumnType':
      yield `${column} gets another type`;
      break;
    case 'AT_SetNotNull':
      yield `${column} becomes NOT NULL`;
      break;
    case 'AT_ColumnDefault':
      if (!command.def) yield `${column} loses its default`;
      break;
    case 'AT_DropConstraint':
      yield `${table} loses the constraint ${command.name}`;
      break;
    case 'AT_AddConstraint':
      yield `${table} gets a constraint`;
      break;
    case 'AT_AddColumn':
      yield* judgeColumn(table, command.def.ColumnDef);
      break;
    default:
  }
}

function* judgeColumn(table: string, column: Node): Iterable<string> {
  const kinds: string[] = (column.constraints ?? []).map(
    ({ Constraint }: Node) => Constraint.contype,
  );
  const isFilled = kinds.some(kind =>
    ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'].includes(kind),
  );
  const isRequired = kinds.some(kind =>
    ['CONSTR_NOTNULL', 'CONSTR_PRIMARY'].includes(kind),
  );
  if (isRequired && !isFilled) {
    yield `${table}.${column.colname} is NOT NULL without a default`;
  }
  const limits = kinds.filter(kind =>
    [
      'CONSTR_UNIQUE',
      'CONSTR_PRIMARY',
      'CONSTR_CHECK',
      'CONSTR_FOREIGN',
    ].includes(kind),
  );
  if (limits.length > 0) yield `${table}.${column.colname} gets a constraint`;
}

function droppedName(node: Node): string {
  const [object] = node.objects;
  const names: Node[] = object.List?.items ?? [object];
  return names[names.length - 1].String?.sval ?? '';
}

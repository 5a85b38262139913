import { loadModule, parseSync } from 'libpg-query';
import type { Knex } from 'knex';
import { isScatter } from '../../database/distribution/scatter';
import { tablePlacement } from '../../database/distribution/tablePlacement';
import { queryRows } from '../../database/queryRows';
import { EntityScopes } from './EntityScopes';
import { lastName, nodesOf, visit, type Node } from './syntaxTree';

/** Tables that never leave the coordinator, whatever becomes of the others. */
const FIXED_TABLES = new Set(['fleet_leases']);

const COORDINATOR_TABLES = new Set<string>(tablePlacement.local);

const DIVIDED_TABLES = new Set<string>(tablePlacement.distributed);

/** Names of functions whose result may differ between two calls. */
interface Functions {
  /** Within one statement. */
  volatile: ReadonlySet<string>;
  /** Between statements; includes the volatile ones. */
  mutable: ReadonlySet<string>;
}

/**
 * What a distributed PostgreSQL (Citus) rejects in statements that plain
 * PostgreSQL accepts. Each rule is a message of Citus 13 or was seen there.
 */
export class DistributionRules {
  readonly #functions: Functions;
  readonly #known = new Map<string, string[]>();
  readonly #knownEntity = new Map<string, string>();

  private constructor(functions: Functions) {
    this.#functions = functions;
  }

  /** Loads PostgreSQL's parser, and which functions are mutable from a server. */
  static async load(knex: Knex): Promise<DistributionRules> {
    await loadModule();
    // By name: one of several functions with this name is enough.
    const rows = await queryRows<{ name: string; volatile: boolean }>(
      knex,
      `SELECT proname AS name, bool_or(provolatile = 'v') AS volatile
         FROM pg_proc WHERE provolatile <> 'i' GROUP BY 1`,
    );
    return new DistributionRules({
      volatile: new Set(
        rows.filter(row => row.volatile).map(({ name }) => name),
      ),
      mutable: new Set(rows.map(({ name }) => name)),
    });
  }

  /** Throws if a statement would fail on a distributed database. */
  check(sql: string): void {
    let violations = this.#known.get(sql);
    if (!violations) {
      violations = this.violations(sql);
      this.#known.set(sql, violations);
    }
    if (violations.length > 0) {
      throw new Error(
        `Not valid on a distributed database: ${violations.join('; ')}\n${sql}`,
      );
    }
  }

  /** Returns what is wrong with a statement; nothing if it is no valid SQL. */
  violations(sql: string): string[] {
    let parsed: Node;
    try {
      parsed = parseSync(sql);
    } catch {
      // PostgreSQL itself reports it.
      return [];
    }
    const found = new Set<string>();
    visit(parsed, (type, node) => {
      for (const violation of this.#judge(type, node)) found.add(violation);
    });
    for (const violation of judgeTogether(parsed.stmts)) found.add(violation);
    return [...found];
  }

  /** Throws if a statement of the product asks all workers without saying so. */
  checkEntity(sql: string): void {
    let violation = this.#knownEntity.get(sql);
    if (violation === undefined) {
      violation = this.entityViolation(sql) ?? '';
      this.#knownEntity.set(sql, violation);
    }
    if (violation) throw new Error(`${violation}\n${sql}`);
  }

  /** Returns what is wrong with how a statement names its entity, if anything. */
  entityViolation(sql: string): string | undefined {
    let parsed: Node;
    try {
      parsed = parseSync(sql);
    } catch {
      return undefined;
    }
    const places = new Set<string | undefined>();
    visit(parsed, (type, node) => {
      // What a statement changes is no node of its own.
      const { relname } = type === 'RangeVar' ? node : node.relation ?? {};
      if (relname) places.add(placeOf(relname));
    });
    if (places.has('worker') && places.has('coordinator')) {
      return 'Reads or changes tables of workers and of the coordinator together: use one statement for each';
    }
    const tables = EntityScopes.tablesWithoutEntity(parsed.stmts, table =>
      DIVIDED_TABLES.has(table),
    );
    if (isScatter(sql)) {
      return tables.length > 0
        ? undefined
        : 'Marked as scatter, but names its entity';
    }
    return tables.length > 0
      ? `Asks all workers for ${tables.join(
          ', ',
        )}: name the entity, or mark it with scatter(reason)`
      : undefined;
  }

  *#judge(type: string, node: Node): Iterable<string> {
    switch (type) {
      case 'CreateTrigStmt':
        yield 'a distributed table has no triggers';
        break;
      case 'MergeStmt':
        yield 'MERGE needs a distributed source';
        break;
      case 'GroupingSet':
        yield 'GROUPING SETS need the filter of one entity';
        break;
      case 'ColumnRef':
        if (lastName(node.fields) === 'ctid') {
          yield 'ctid names a row only within a shard';
        }
        break;
      case 'InsertStmt':
      case 'UpdateStmt':
      case 'DeleteStmt':
        if (!FIXED_TABLES.has(node.relation.relname)) {
          yield* this.#judgeChange(type, node);
        }
        break;
      default:
    }
  }

  *#judgeChange(type: string, node: Node): Iterable<string> {
    const returned = node.returningClause?.exprs ?? node.returningList;
    if (this.#isMutable(returned)) {
      yield 'RETURNING calls a function that is not immutable';
    }
    const { targetList, whereClause } = node.onConflictClause ?? {};
    if (this.#isMutable([targetList, whereClause])) {
      yield 'DO UPDATE calls a function that is not immutable';
    }
    if (contains(targetList, 'SubLink')) {
      yield 'DO UPDATE contains a subquery';
    }
    if (type !== 'UpdateStmt') return;
    if (this.#isVolatile(node.targetList)) {
      yield 'SET calls a volatile function';
    }
    for (const branch of ['CoalesceExpr', 'CaseExpr']) {
      if (
        nodesOf(node.targetList, branch).some(each => this.#isMutable(each))
      ) {
        yield 'COALESCE or CASE calls a function that is not immutable';
      }
    }
  }

  #isVolatile(tree: unknown): boolean {
    return calls(tree, this.#functions.volatile);
  }

  /** Whether the result may differ between two statements. */
  #isMutable(tree: unknown): boolean {
    // `current_timestamp` and the like are no function calls in the grammar.
    return (
      calls(tree, this.#functions.mutable) || contains(tree, 'SQLValueFunction')
    );
  }
}

function placeOf(table: string): 'worker' | 'coordinator' | undefined {
  if (DIVIDED_TABLES.has(table)) return 'worker';
  return COORDINATOR_TABLES.has(table) ? 'coordinator' : undefined;
}

/**
 * Citus sends the text of the whole query to each shard for some statements,
 * and a shard takes one statement at a time.
 */
function* judgeTogether(statements: Node[]): Iterable<string> {
  if (statements.length < 2) return;
  // Tables are divided after their migration, so a new one has no shards.
  const created = new Set<string>();
  for (const { stmt } of statements) {
    const [[type, node]] = Object.entries<Node>(stmt);
    if (type === 'CreateStmt') created.add(node.relation.relname);
    const changesSchema =
      ['AlterTableStmt', 'IndexStmt', 'RenameStmt'].includes(type) ||
      (type === 'DropStmt' && node.removeType === 'OBJECT_INDEX');
    if (changesSchema && !created.has(node.relation?.relname)) {
      yield 'a change of a table or index needs a query of its own';
    }
  }
}

function calls(tree: unknown, functions: ReadonlySet<string>): boolean {
  return nodesOf(tree, 'FuncCall').some(({ funcname }) =>
    functions.has(lastName(funcname)),
  );
}

function contains(tree: unknown, type: string): boolean {
  return nodesOf(tree, type).length > 0;
}

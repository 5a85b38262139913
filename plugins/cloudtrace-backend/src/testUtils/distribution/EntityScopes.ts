import {
  childrenOf,
  lastName,
  nodesOf,
  topmost,
  type Node,
} from './syntaxTree';

/** What a name in FROM stands for: the rows whose entity it shows. */
type Source = readonly number[];

/** Names that a part of a statement can use. */
interface Scope {
  sources: Map<string, Source>;
  parent: Scope | undefined;
}

/** "If the entity of all of these is fixed, so is that one." */
interface Implication {
  from: Source;
  to: number;
}

const COLUMN = 'entity_id';

/** Parts of a subquery that keep PostgreSQL from merging it with the query around it. */
const BARRIERS = [
  'limitCount',
  'groupClause',
  'distinctClause',
  'larg',
  'havingClause',
];

/**
 * Finds which tables of a statement are read or changed without saying of which
 * entity or entities. Follows equalities of `entity_id` through joins, subqueries and WITH,
 * as a distributed PostgreSQL does to find the worker of a statement.
 */
export class EntityScopes {
  readonly #isDivided: (table: string) => boolean;
  readonly #tables = new Map<number, string>();
  readonly #fixed = new Set<number>();
  readonly #implications: Implication[] = [];
  readonly #withs: Map<string, Source>[] = [];
  #last = 0;

  private constructor(isDivided: (table: string) => boolean) {
    this.#isDivided = isDivided;
  }

  /** Names the divided tables of a parsed statement whose entity is not fixed. */
  static tablesWithoutEntity(
    statement: Node,
    isDivided: (table: string) => boolean,
  ): string[] {
    const scopes = new EntityScopes(isDivided);
    for (const each of topmost(statement, STATEMENTS)) {
      scopes.#statement(each, undefined);
    }
    scopes.#conclude();
    const open = [...scopes.#tables].filter(([id]) => !scopes.#fixed.has(id));
    return [...new Set(open.map(([, table]) => table))];
  }

  #conclude(): void {
    let before;
    do {
      before = this.#fixed.size;
      for (const { from, to } of this.#implications) {
        if (from.every(id => this.#fixed.has(id))) this.#fixed.add(to);
      }
    } while (this.#fixed.size > before);
  }

  #add(table?: string): number {
    this.#last++;
    if (table !== undefined && this.#isDivided(table)) {
      this.#tables.set(this.#last, table);
    }
    return this.#last;
  }

  #addFixed(): number {
    const id = this.#add();
    this.#fixed.add(id);
    return id;
  }

  #equate(one: Source, other: Source): void {
    one.forEach(to => this.#implications.push({ from: other, to }));
    other.forEach(to => this.#implications.push({ from: one, to }));
  }

  /** Returns what shows the entity of the statement's result. */
  #statement(wrapped: Node, parent: Scope | undefined): Source {
    const [[type, node]] = Object.entries<Node>(wrapped);
    const names = new Map<string, Source>();
    this.#withs.push(names);
    for (const { CommonTableExpr } of node.withClause?.ctes ?? []) {
      const { ctename, ctequery } = CommonTableExpr;
      names.set(ctename, [this.#add()]);
      names.set(ctename, this.#statement(ctequery, parent));
    }
    const source =
      type === 'SelectStmt'
        ? this.#select(node, parent)
        : this.#change(type, node, parent);
    this.#withs.pop();
    return source;
  }

  #select(node: Node, parent: Scope | undefined): Source {
    if (node.larg) {
      return [node.larg, node.rarg].flatMap(arm =>
        this.#statement({ SelectStmt: arm }, parent),
      );
    }
    const scope: Scope = { sources: new Map(), parent };
    for (const item of node.fromClause ?? []) this.#range(item, scope);
    this.#conditions(node.whereClause, scope);
    this.#subqueries({ ...node, fromClause: [], withClause: [] }, scope);
    return this.#output(node.targetList ?? [], scope);
  }

  #change(type: string, node: Node, parent: Scope | undefined): Source {
    const scope: Scope = { sources: new Map(), parent };
    this.#range({ RangeVar: node.relation }, scope);
    const [target] = [...scope.sources.values()];
    if (type === 'InsertStmt') {
      this.#equate(target, this.#inserted(node, scope));
      return target;
    }
    for (const item of node.fromClause ?? node.usingClause ?? []) {
      this.#range(item, scope);
    }
    this.#conditions(node.whereClause, scope);
    this.#subqueries(
      { ...node, fromClause: [], usingClause: [], withClause: [] },
      scope,
    );
    return target;
  }

  /** Shows the entity of the rows that an INSERT adds. */
  #inserted(node: Node, scope: Scope): Source {
    const rows = node.selectStmt?.SelectStmt;
    if (!rows) return [this.#add()];
    const columns: Node[] = node.cols ?? [];
    const at = columns.findIndex(({ ResTarget }) => ResTarget.name === COLUMN);
    const position = columns.length === 0 ? 0 : at;
    if (rows.valuesLists) {
      this.#subqueries(rows, scope);
      const values = rows.valuesLists.map(
        ({ List }: Node) => List.items[position],
      );
      return [values.every(isConstant) ? this.#addFixed() : this.#add()];
    }
    const byName = this.#statement(node.selectStmt, scope.parent);
    const item = rows.targetList?.[position]?.ResTarget?.val;
    const ranges: Node[] = rows.fromClause ?? [];
    const listed =
      ranges.length > 0 &&
      ranges.every(range => range.RangeFunction && isListed(range));
    return listed || (item && isConstant(item)) ? [this.#addFixed()] : byName;
  }

  #range(item: Node, scope: Scope): void {
    const [[type, node]] = Object.entries<Node>(item);
    switch (type) {
      case 'RangeVar': {
        const source = this.#with(node.relname) ?? [this.#add(node.relname)];
        scope.sources.set(node.alias?.aliasname ?? node.relname, source);
        break;
      }
      case 'RangeSubselect':
        scope.sources.set(
          node.alias?.aliasname ?? '',
          this.#result(node.subquery, scope),
        );
        break;
      case 'JoinExpr':
        this.#join(node, scope);
        break;
      default:
        this.#subqueries(node, scope);
        scope.sources.set(node.alias?.aliasname ?? '', [this.#add()]);
    }
  }

  /**
   * The result of a subquery. PostgreSQL merges a simple one with the query
   * around it, and then knows the entity of both. Of another one, the query
   * around it does not know the entity; what it says itself reaches into the
   * subquery, but not through LIMIT.
   */
  #result(subquery: Node, scope: Scope): Source {
    const inner = this.#statement(subquery, scope);
    const select = subquery.SelectStmt;
    if (!select || !BARRIERS.some(part => part in select)) return inner;
    const outer = this.#add();
    if (!('limitCount' in select)) {
      inner.forEach(to => this.#implications.push({ from: [outer], to }));
    }
    return [outer];
  }

  #join(node: Node, scope: Scope): void {
    const before = new Set(scope.sources.keys());
    this.#range(node.larg, scope);
    const left = [...scope.sources.keys()].filter(name => !before.has(name));
    this.#range(node.rarg, scope);
    const right = [...scope.sources.keys()].filter(
      name => !before.has(name) && !left.includes(name),
    );
    const using: Node[] = node.usingClause ?? [];
    if (using.some(({ String }) => String.sval === COLUMN)) {
      const sourcesOf = (names: string[]) =>
        names.flatMap(name => scope.sources.get(name) ?? []);
      this.#equate(sourcesOf(left), sourcesOf(right));
    }
    this.#conditions(node.quals, scope);
    this.#subqueries(node.quals, scope);
  }

  #with(name: string): Source | undefined {
    for (const names of [...this.#withs].reverse()) {
      const source = names.get(name);
      if (source) return source;
    }
    return undefined;
  }

  /** Notes what a condition says of entities; only AND keeps it certain. */
  #conditions(condition: Node | undefined, scope: Scope): void {
    const and = condition?.BoolExpr;
    if (and?.boolop === 'AND_EXPR') {
      for (const each of and.args) this.#conditions(each, scope);
      return;
    }
    const { kind, name, lexpr, rexpr } = condition?.A_Expr ?? {};
    if (!EQUALITIES.includes(kind) || lastName(name) !== '=') return;
    const left = this.#source(lexpr, scope);
    const right = this.#source(rexpr, scope);
    if (left && right) {
      this.#equate(left, right);
    } else if (left && isConstant(rexpr)) {
      left.forEach(id => this.#fixed.add(id));
    } else if (right && isConstant(lexpr)) {
      right.forEach(id => this.#fixed.add(id));
    }
  }

  /** Visits the subqueries of expressions. */
  #subqueries(tree: unknown, scope: Scope): void {
    for (const { SubLink } of topmost(tree, ['SubLink'])) {
      const result = this.#statement(SubLink.subselect, scope);
      this.#subqueries(SubLink.testexpr, scope);
      const tested = childrenOf(SubLink.testexpr).find(
        each => this.#source(each, scope) !== undefined,
      );
      // `entity_id IN (SELECT entity_id …)`
      if (SubLink.subLinkType === 'ANY_SUBLINK' && tested) {
        this.#equate(this.#source(tested, scope)!, result);
      }
    }
  }

  #output(targets: Node[], scope: Scope): Source {
    for (const { ResTarget } of targets) {
      const { name, val } = ResTarget;
      if ((name ?? lastName(val.ColumnRef?.fields)) === COLUMN) {
        if (isConstant(val)) return [this.#addFixed()];
        const source = this.#source(val, scope);
        if (source) return source;
      }
      const fields: Node[] = val.ColumnRef?.fields ?? [];
      if (fields.some(field => 'A_Star' in field)) {
        return this.#lookUp(fields.length > 1 ? fields[0] : undefined, scope);
      }
    }
    return [this.#add()];
  }

  /** What a reference to the column belongs to; `undefined` for anything else. */
  #source(expression: Node | undefined, scope: Scope): Source | undefined {
    const fields: Node[] | undefined = expression?.ColumnRef?.fields;
    if (!fields || lastName(fields) !== COLUMN) return undefined;
    return this.#lookUp(fields.length > 1 ? fields[0] : undefined, scope);
  }

  #lookUp(qualifier: Node | undefined, scope: Scope): Source {
    const name = qualifier?.String.sval;
    for (let at: Scope | undefined = scope; at; at = at.parent) {
      const source =
        name === undefined
          ? [...at.sources.values()].flat()
          : at.sources.get(name);
      if (source && source.length > 0) return source;
    }
    return [this.#add()];
  }
}

/** `=`, `= ANY (…)` and `IN (…)`: a list of entities names them, too. */
const EQUALITIES = ['AEXPR_OP', 'AEXPR_OP_ANY', 'AEXPR_IN'];

const STATEMENTS = ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'];

/** Whether rows of a function come from the caller, such as those of `unnest(?)`. */
function isListed(range: Node): boolean {
  return nodesOf(range, 'ColumnRef').length === 0;
}

function isConstant(expression: Node): boolean {
  return (
    nodesOf(expression, 'ColumnRef').length === 0 &&
    nodesOf(expression, 'SubLink').length === 0 &&
    nodesOf(expression, 'FuncCall').length === 0
  );
}

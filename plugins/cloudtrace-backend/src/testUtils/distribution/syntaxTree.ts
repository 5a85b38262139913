/** A node of PostgreSQL's syntax tree, as `libpg-query` returns it. */
export type Node = Record<string, any>;

/** Calls back for each node of a tree, whose key is the type of the node. */
export function visit(
  tree: unknown,
  callback: (type: string, node: Node) => void,
): void {
  if (typeof tree !== 'object' || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'object' && value !== null) callback(key, value);
    visit(value, callback);
  }
}

/** All nodes of a type. */
export function nodesOf(tree: unknown, type: string): Node[] {
  const found: Node[] = [];
  visit(tree, (each, node) => {
    if (each === type) found.push(node);
  });
  return found;
}

/** Nodes of some types that are in no other node of these types, each in an object with its type as key. */
export function topmost(tree: unknown, types: readonly string[]): Node[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) =>
    types.includes(key) ? [{ [key]: value }] : topmost(value, types),
  );
}

/** An expression, or the elements of a row. */
export function childrenOf(expression: Node | undefined): Node[] {
  if (!expression) return [];
  return expression.RowExpr?.args ?? [expression];
}

/** The last part of a name, such as the column of `r.entity_id`. */
export function lastName(names: Node[] = []): string {
  return names[names.length - 1]?.String?.sval ?? '';
}

/**
 * Marks a statement that asks every worker of a distributed database, because
 * it names no entity, and says why that is acceptable. Put it into the SQL. A
 * test fails on a statement that needs this mark, and on one that has it in
 * vain.
 *
 * @param reason - Why, e.g. `runs once an hour`
 */
export function scatter(reason: string): string {
  return `/* scatter: ${reason} */`;
}

/** Whether a statement is marked. */
export function isScatter(sql: string): boolean {
  return sql.includes('/* scatter: ');
}

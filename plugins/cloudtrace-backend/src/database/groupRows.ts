/** Rows by a key, in their order. */
export function groupRows<TRow, TKey>(
  rows: readonly TRow[],
  keyOf: (row: TRow) => TKey,
): Map<TKey, TRow[]> {
  const groups = new Map<TKey, TRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

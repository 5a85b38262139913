/** The column that rows are sorted by. */
export interface RowSort {
  column: string;
  descending: boolean;
}

/** Reads a sort from its URL form, `name` or `-name`. */
export function parseRowSort(value: string | null): RowSort | undefined {
  if (!value) return undefined;
  return value.startsWith('-')
    ? { column: value.slice(1), descending: true }
    : { column: value, descending: false };
}

/** The URL form of a sort; the inverse of {@link parseRowSort}. */
export function formatRowSort({ column, descending }: RowSort): string {
  return descending ? `-${column}` : column;
}

/** The sort key of a row; `undefined` is unknown. */
export type SortValue = string | number | undefined;

/** Sorts rows; those without a value come last in both directions. */
export function sortRows<TRow>(
  rows: TRow[],
  valueOf: (row: TRow) => SortValue,
  descending: boolean,
): TRow[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((one, two) => {
    const [a, b] = [valueOf(one), valueOf(two)];
    if (a === undefined || b === undefined) {
      return Number(a === undefined) - Number(b === undefined);
    }
    return typeof a === 'string' || typeof b === 'string'
      ? sign * String(a).localeCompare(String(b))
      : sign * (a - b);
  });
}

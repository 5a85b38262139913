/** Length of the partitions of a table. */
export type PartitionStep = 'day' | 'month' | 'year';

/** A table with partitions that CloudTrace creates and drops. */
export interface PartitionedTable {
  name: string;
  step: PartitionStep;
  /** The retention setting that applies to it. */
  retention: 'raw' | 'minute' | 'hour' | 'day';
}

/** Every partitioned table of the requests area. */
export const partitionedTables = [
  { name: 'requests', step: 'day', retention: 'raw' },
  { name: 'request_ledger', step: 'day', retention: 'raw' },
  { name: 'rollups_minute', step: 'day', retention: 'minute' },
  { name: 'rollups_hour', step: 'month', retention: 'hour' },
  { name: 'rollups_day', step: 'year', retention: 'day' },
] as const satisfies readonly PartitionedTable[];

/** Start of the partition that contains a time (UTC). */
export function partitionStart(time: Date, step: PartitionStep): Date {
  const year = time.getUTCFullYear();
  const month = step === 'year' ? 0 : time.getUTCMonth();
  const day = step === 'day' ? time.getUTCDate() : 1;
  return new Date(Date.UTC(year, month, day));
}

/** Start of the partition after the one that starts at the given time. */
export function nextPartitionStart(start: Date, step: PartitionStep): Date {
  const year = start.getUTCFullYear() + (step === 'year' ? 1 : 0);
  const month = start.getUTCMonth() + (step === 'month' ? 1 : 0);
  const day = start.getUTCDate() + (step === 'day' ? 1 : 0);
  return new Date(Date.UTC(year, month, day));
}

/** Name of a partition, e.g. `requests_20261121`, `rollups_hour_202611`. */
export function partitionName(
  table: string,
  start: Date,
  step: PartitionStep,
): string {
  const digits = { day: 8, month: 6, year: 4 }[step];
  const stamp = start.toISOString().replaceAll('-', '').slice(0, digits);
  return `${table}_${stamp}`;
}

/** Bounds from a partition's name; `undefined` for other names. */
export function partitionBounds(
  name: string,
  table: string,
  step: PartitionStep,
): { start: Date; end: Date } | undefined {
  const stamp = name.startsWith(`${table}_`)
    ? name.slice(table.length + 1)
    : '';
  const match = /^(\d{4})(\d{2})?(\d{2})?$/.exec(stamp);
  if (!match) {
    return undefined;
  }
  const start = new Date(
    Date.UTC(
      Number(match[1]),
      Number(match[2] ?? 1) - 1,
      Number(match[3] ?? 1),
    ),
  );
  return { start, end: nextPartitionStart(start, step) };
}

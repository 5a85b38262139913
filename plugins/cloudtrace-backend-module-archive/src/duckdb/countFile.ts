import type {
  ArchiveCount,
  ArchiveFilter,
  ArchiveGroupBy,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { DuckDb } from './DuckDb';
import { filterConditions, ROUTE_KEY } from './filterConditions';
import { quoteText } from './quoteText';

const values: Record<Exclude<ArchiveGroupBy, 'durations'>, string> = {
  instances: 'instance_id',
  zones: `coalesce(zone, '')`,
  routes: ROUTE_KEY,
  methods: `coalesce(method, '')`,
  statuses: 'coalesce(status_code, 0)::VARCHAR',
};

/** Counts the requests of one file, by value if `groupBy` is given. */
export async function countFile(
  duckDb: DuckDb,
  parquetFile: string,
  filter: ArchiveFilter,
  options: {
    groupBy?: ArchiveGroupBy;
    durationBoundsUs?: readonly number[];
    signal: AbortSignal;
  },
): Promise<ArchiveCount[]> {
  const { groupBy, durationBoundsUs = [], signal } = options;
  const condition = filterConditions(filter);
  const value = groupBy ? valueOf(groupBy, durationBoundsUs) : `''`;
  const zone = groupBy === 'instances' ? `coalesce(zone, '')` : `''`;
  const rows = await duckDb.run(
    `SELECT ${value} AS value, ${zone} AS zone, count(*)::DOUBLE AS requests,
            (count(*) FILTER (WHERE error))::DOUBLE AS errors
       FROM read_parquet(${quoteText(parquetFile)})
      WHERE ${condition.sql}
      GROUP BY 1, 2`,
    condition.values,
    signal,
  );
  return (rows as unknown as Array<Required<ArchiveCount>>).map(
    ({ zone: name, ...row }) => (name ? { ...row, zone: name } : row),
  );
}

function valueOf(groupBy: ArchiveGroupBy, boundsUs: readonly number[]): string {
  if (groupBy !== 'durations') return values[groupBy];
  const reached = boundsUs.map(bound => `(duration_us >= ${bound})::INTEGER`);
  return `(${reached.join(' + ') || '0'})::VARCHAR`;
}

import type {
  DurationBucket,
  FacetValue,
  RequestFacets,
} from '@cloudtrace/plugin-cloudtrace-common';
import { durationBoundsUs, type FacetRow } from './database/readFacets';
import type { RequestFilterField } from './database/requestConditions';

/** Converts counted values into the facets of the response; none without counts. */
export function buildFacets(
  facets: Record<RequestFilterField, FacetRow[]> | undefined,
): Pick<
  RequestFacets,
  'instances' | 'zones' | 'routes' | 'methods' | 'statusCodes' | 'durations'
> {
  const values = (field: RequestFilterField): FacetValue[] =>
    facets?.[field] ?? [];
  return {
    instances: values('instances'),
    zones: values('zones').filter(({ value }) => value !== ''),
    routes: values('routes'),
    methods: values('methods').filter(({ value }) => value !== ''),
    statusCodes: values('statuses'),
    durations: durationBuckets(facets?.durations ?? []),
  };
}

/** All buckets from the first to the last non-empty one. */
function durationBuckets(rows: readonly FacetRow[]): DurationBucket[] {
  if (rows.length === 0) return [];
  const counted = new Map(rows.map(row => [Number(row.value), row]));
  const first = Math.min(...counted.keys());
  const last = Math.max(...counted.keys());
  const boundMs = (index: number) => durationBoundsUs[index] / 1000;
  return Array.from({ length: last - first + 1 }, (_, i) => {
    const bucket = first + i;
    return {
      fromMs: bucket === 0 ? 0 : boundMs(bucket - 1),
      // The last bucket has no upper bound; it is drawn twice as wide.
      toMs:
        bucket < durationBoundsUs.length
          ? boundMs(bucket)
          : boundMs(durationBoundsUs.length - 1) * 2,
      requests: counted.get(bucket)?.requests ?? 0,
      errors: counted.get(bucket)?.errors ?? 0,
    };
  });
}

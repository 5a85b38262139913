import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LiveDataKind } from '@cloudtrace/plugin-cloudtrace-common';
import { formatRange, paceOf, resolveRange } from '../lib/timeRange';
import { useCloudtrace } from './CloudtraceContext';
import { liveMeta } from './liveMeta';

/** Minimum interval of responses that every view needs, such as those of the tab itself. */
export const SHARED_MIN_GAP_MS = 10_000;

/** Arguments that all range queries share. */
export interface RangeArguments {
  environment: string;
  /** ISO 8601, UTC. */
  from: string;
  to: string;
}

type LiveKey = readonly [
  'cloudtrace',
  entityRef: string,
  environment: string,
  name: string,
  range: string,
  ...rest: unknown[],
];

/**
 * Reads data for the selected environment and range; while the tab is live, it
 * refreshes the data at the interval of the range. The key contains the range
 * as selected, not its current times: a refresh replaces the data in place, so
 * that nothing on the page flashes, closes or scrolls. While another range or
 * filter loads, the previous data stays; another environment starts empty.
 */
export function useLiveQuery<T>(options: {
  name: string;
  /** Kinds of data in the response, whose signals apply to it. */
  kinds: readonly LiveDataKind[];
  /** Makes the refresh interval longer. */
  minGapMs?: number;
  /** Everything except environment and range that the response depends on. */
  parameters?: unknown;
  read: (range: RangeArguments, signal: AbortSignal) => Promise<T>;
  enabled?: boolean;
}): UseQueryResult<T, Error> {
  const { entityRef, environment, tab } = useCloudtrace();
  const { range } = tab;
  const { name, kinds, parameters, read, enabled = true } = options;
  const pace = paceOf(range);
  const queryKey: LiveKey = [
    'cloudtrace',
    entityRef,
    environment,
    name,
    formatRange(range),
    parameters,
  ];
  const scope = useMemo(
    () => JSON.stringify([entityRef, environment, name]),
    [entityRef, environment, name],
  );
  return useQuery<T, Error, T, LiveKey>({
    queryKey,
    enabled,
    queryFn: ({ signal }) => {
      const { fromMs, toMs } = resolveRange(range, Date.now());
      return read(
        {
          environment,
          from: new Date(fromMs).toISOString(),
          to: new Date(toMs).toISOString(),
        },
        signal,
      );
    },
    placeholderData: (previous, query) => {
      const before = query && JSON.stringify(query.queryKey.slice(1, 4));
      return before === scope ? previous : undefined;
    },
    meta: liveMeta({
      kinds,
      minGapMs: Math.max(pace.minGapMs, options.minGapMs ?? 0),
      maxGapMs: Math.max(pace.maxGapMs, options.minGapMs ?? 0),
      untilMs: range.kind === 'absolute' ? range.toMs : undefined,
    }),
  });
}

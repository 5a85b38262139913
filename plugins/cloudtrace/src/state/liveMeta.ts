import type { Query } from '@tanstack/react-query';
import {
  LIVE_DATA_KINDS,
  type LiveDataKind,
} from '@cloudtrace/plugin-cloudtrace-common';

/** How a query is refreshed while it is on screen. */
export interface LiveMeta {
  /** Kinds of data that it reads; it ignores signals of other kinds. */
  kinds: readonly LiveDataKind[];
  /** Minimum time between two reads, however often its data changes. */
  minGapMs: number;
  /** Time after which it is read again even without a signal. */
  maxGapMs: number;
  /** End of a fixed range: after it, the data no longer changes. */
  untilMs?: number;
  /** Lists and details whose age does not count as the age of the page. */
  background?: boolean;
}

/** All kinds, for responses that combine everything. */
export const ALL_KINDS = LIVE_DATA_KINDS;

/** The `meta` of a query that the page refreshes. */
export function liveMeta(live: LiveMeta): { live: LiveMeta } {
  return { live };
}

/** Returns how a query is refreshed; `undefined` for one that is read once. */
export function liveMetaOf(query: Query): LiveMeta | undefined {
  return query.meta?.live as LiveMeta | undefined;
}

import type { Query } from '@tanstack/react-query';
import {
  LIVE_DATA_KINDS,
  type LiveDataKind,
} from '@cloudtrace/plugin-cloudtrace-common';

/** How a query is kept fresh while it is on screen. */
export interface LiveMeta {
  /** Kinds of data that it reads; pings of other kinds do not concern it. */
  kinds: readonly LiveDataKind[];
  /** Least time between two starts, however often its data changes. */
  minGapMs: number;
  /** Time after which it is read again although no ping came. */
  maxGapMs: number;
  /** End of a fixed range: what is read after it does not change any more. */
  untilMs?: number;
  /** Lists and details whose age does not count as that of the page. */
  background?: boolean;
}

/** Every kind, for answers that sum up everything. */
export const ALL_KINDS = LIVE_DATA_KINDS;

/** The `meta` of a query that the page keeps fresh. */
export function liveMeta(live: LiveMeta): { live: LiveMeta } {
  return { live };
}

/** How a query is kept fresh; `undefined` for one that is read once. */
export function liveMetaOf(query: Query): LiveMeta | undefined {
  return query.meta?.live as LiveMeta | undefined;
}

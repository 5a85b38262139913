import type { Knex } from 'knex';
import {
  countRecentRequests,
  type RecentRequests,
} from '../database/countRecentRequests';

/** The period that counts as recent for requests. */
export const RECENT_MS = 15 * 60_000;

/** The recent requests of many entities. */
export interface RecentCounts {
  /** Environments without recent requests have no row. */
  rows: RecentRequests[];
  /** Entities whose database server did not respond, so that nothing is known. */
  unknown: ReadonlySet<string>;
  /** When they were counted; the earliest time if there are several servers. */
  asOf: Date;
}

/** Counts recent requests for pages about many entities. */
export interface RecentRequestCounter {
  /** Counts the requests of the last 15 minutes. */
  count(entityRefs: readonly string[]): Promise<RecentCounts>;
}

/** Counts them now; for one server that stores all entities. */
export function countAllNow(knex: Knex): RecentRequestCounter {
  return {
    async count(entityRefs) {
      const asOf = new Date();
      const since = new Date(asOf.getTime() - RECENT_MS);
      const rows = await countRecentRequests(knex, entityRefs, since);
      return { rows, unknown: new Set(), asOf };
    },
  };
}

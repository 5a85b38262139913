import {
  countTargetStates,
  type HealthGroupSummary,
  type TargetCounts,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { DbLinkedResourceRow } from './database/rows';
import type { FleetFreshness } from './FleetFreshness';
import { toResourceSummary } from './loadFleet';

/** Most target groups that an answer describes in full: beyond it nobody reads them, and it takes seconds. */
export const MAX_HEALTH_GROUPS = 20;

/**
 * Chooses the groups that are described in full: those without any healthy
 * target, then those with most targets that are not healthy, then by name. Of
 * the others there are only the counts.
 */
export function chooseHealthGroups(
  resources: readonly DbLinkedResourceRow[],
  counts: ReadonlyMap<number, TargetCounts>,
  options: { maxGroups: number; freshness: FleetFreshness },
): { listed: DbLinkedResourceRow[]; others: HealthGroupSummary[] } {
  const none = countTargetStates([]);
  const ranked = resources
    .map(resource => {
      const { healthy, total } = counts.get(resource.resource_id) ?? none;
      return { resource, healthy, total };
    })
    // They come by name, and sorting keeps the order of what is equal.
    .sort(
      (a, b) =>
        Number(a.healthy > 0) - Number(b.healthy > 0) ||
        b.total - b.healthy - (a.total - a.healthy),
    );
  return {
    listed: ranked.slice(0, options.maxGroups).map(({ resource }) => resource),
    others: ranked.slice(options.maxGroups).map(({ resource, ...figures }) => ({
      ...figures,
      resource: toResourceSummary(resource, options.freshness),
    })),
  };
}

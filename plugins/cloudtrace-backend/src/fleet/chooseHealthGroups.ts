import {
  countTargetStates,
  type HealthGroupSummary,
  type TargetCounts,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { DbLinkedResourceRow } from './database/rows';
import type { FleetFreshness } from './FleetFreshness';
import { toResourceSummary } from './loadFleet';

/**
 * Maximum number of target groups that a response contains in full. More would
 * take seconds, and nobody reads them.
 */
export const MAX_HEALTH_GROUPS = 20;

/**
 * Chooses the groups to return in full: first groups without a healthy target,
 * then those with the most targets that are not healthy, then by name. The
 * response has only counts for the others.
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
    // They are sorted by name, and sorting is stable.
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

import type { GetFindingRollupQuery } from '@cloudtrace/plugin-cloudtrace-common';

/** How findings are grouped. */
export type RollupGrouping = NonNullable<GetFindingRollupQuery['groupBy']>;

/** All groupings; the first is the default. */
export const GROUPINGS: RollupGrouping[] = ['entity', 'owner', 'system'];

/** Whether the backend accepts a text as the id of a CVE. */
export function isCve(value: string): boolean {
  return /^CVE-\d{4}-\d{4,}$/i.test(value.trim());
}

/** Reads the roll-up query from the URL; ignores invalid parts. */
export function readRollupQuery(
  params: URLSearchParams,
): GetFindingRollupQuery & { groupBy: RollupGrouping } {
  const cve = params.get('cve')?.trim();
  return {
    groupBy:
      GROUPINGS.find(grouping => grouping === params.get('by')) ?? GROUPINGS[0],
    cve: cve && isCve(cve) ? cve.toUpperCase() : undefined,
    owner: params.get('owner') || undefined,
    system: params.get('system') || undefined,
    cursor: params.get('cursor') || undefined,
  };
}

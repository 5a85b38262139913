import type { GetFindingRollupQuery } from '@cloudtrace/plugin-cloudtrace-common';

/** What findings are summed up by. */
export type RollupGrouping = NonNullable<GetFindingRollupQuery['groupBy']>;

/** All groupings; the first is the default. */
export const GROUPINGS: RollupGrouping[] = ['entity', 'owner', 'system'];

/** Says whether a text is the id of a CVE as the backend takes it. */
export function isCve(value: string): boolean {
  return /^CVE-\d{4}-\d{4,}$/i.test(value.trim());
}

/** The roll-up that the URL asks for; what makes no sense there is left out. */
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

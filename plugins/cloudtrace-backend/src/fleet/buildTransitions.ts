import type { HealthTransition } from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetHistoryRow } from './database/readTargetHistory';
import type { DbFleetResourceRow } from './database/rows';
import { toReason } from './describeTarget';

/** Returns the state changes within the range, newest first, and their total number. */
export function buildTransitions(
  states: readonly TargetHistoryRow[],
  resources: ReadonlyMap<number, Pick<DbFleetResourceRow, 'external_id'>>,
  range: { from: Date },
  limit: number,
): { items: HealthTransition[]; total: number } {
  const fromMs = range.from.getTime();
  const changes = states.filter(
    row =>
      row.at.getTime() >= fromMs &&
      row.state !== row.from_state &&
      resources.has(row.resource_id),
  );
  const items = changes
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit)
    .map(row => ({
      at: row.at.toISOString(),
      resourceId: resources.get(row.resource_id)!.external_id,
      targetId: row.target_key,
      instanceId: row.instance_key ?? undefined,
      zone: row.zone ?? undefined,
      from: row.from_state ?? undefined,
      to: row.state,
      reason: toReason(row),
    }));
  return { items, total: changes.length };
}

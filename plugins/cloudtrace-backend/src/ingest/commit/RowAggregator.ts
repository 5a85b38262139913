import {
  histogramSlot,
  HISTOGRAM_SLOT_COUNT,
} from '@cloudtrace/plugin-cloudtrace-common';
import { POSTGRES_EPOCH_US } from '../../database/copyFormat';
import {
  DIMENSION_INSTANCE,
  DIMENSION_ROUTE,
  RollupDelta,
} from '../../rollups/deltas/RollupDelta';
import {
  FLAG_ERROR,
  ROW_BYTES,
  ROW_OFFSET,
} from '../../requests/row/requestRow';
import type { RowBuffer } from '../../requests/row/RowBuffer';

const MINUTE_US = 60_000_000;
const TWO_32 = 4_294_967_296;

/** Rows from `start` up to but not including `end`. */
export interface RowRange {
  start: number;
  end: number;
}

/** The groups of an entity, by the id of their instance or route. */
class EntityGroups {
  readonly instances = new Map<number, RollupDelta>();
  readonly routes = new Map<number, RollupDelta>();
}

/**
 * Counts rows per minute and instance, and per minute and route. Groups are
 * reused between calls, so that their 7 kB of buckets are not allocated again.
 */
export class RowAggregator {
  readonly groups: RollupDelta[] = [];
  /** Ids of instances and routes are unique within an entity only. */
  readonly #entities = new Map<number, EntityGroups>();
  readonly #free: RollupDelta[] = [];

  /** Replaces the groups with those of the given rows. */
  aggregate(rows: RowBuffer, ranges: readonly RowRange[]): void {
    this.#clear();
    const { view } = rows;
    let instance: RollupDelta | undefined;
    let entityId = 0;
    let entity = this.#groupsOf(entityId);
    for (const { start, end } of ranges) {
      for (let at = start * ROW_BYTES; at < end * ROW_BYTES; at += ROW_BYTES) {
        const startedUs =
          view.getInt32(at + ROW_OFFSET.startedAt) * TWO_32 +
          view.getUint32(at + ROW_OFFSET.startedAt + 4) +
          POSTGRES_EPOCH_US;
        const minute = Math.floor(startedUs / MINUTE_US);
        const durationUs =
          view.getInt32(at + ROW_OFFSET.durationUs) * TWO_32 +
          view.getUint32(at + ROW_OFFSET.durationUs + 4);
        const slot = histogramSlot(durationUs);
        const failed = view.getInt16(at + ROW_OFFSET.flags) & FLAG_ERROR;
        const instanceId = view.getInt32(at + ROW_OFFSET.instanceId);
        // Rows of one entity are adjacent, and those of one instance usually.
        const owner = view.getInt32(at + ROW_OFFSET.entityId);
        if (owner !== entityId) {
          entityId = owner;
          entity = this.#groupsOf(owner);
          instance = undefined;
        }
        if (instance?.keyId !== instanceId || instance.minute !== minute) {
          instance = this.#group(
            entity.instances,
            DIMENSION_INSTANCE,
            entityId,
            instanceId,
            minute,
          );
        }
        count(instance, durationUs, slot, failed);
        const route = this.#group(
          entity.routes,
          DIMENSION_ROUTE,
          entityId,
          view.getInt32(at + ROW_OFFSET.routeId),
          minute,
        );
        count(route, durationUs, slot, failed);
      }
    }
  }

  #groupsOf(entityId: number): EntityGroups {
    let groups = this.#entities.get(entityId);
    if (!groups) {
      groups = new EntityGroups();
      this.#entities.set(entityId, groups);
    }
    return groups;
  }

  #group(
    map: Map<number, RollupDelta>,
    dimension: number,
    entityId: number,
    keyId: number,
    minute: number,
  ): RollupDelta {
    const first = map.get(keyId);
    for (let group = first; group; group = group.next) {
      if (group.minute === minute) {
        return group;
      }
    }
    const group = this.#free.pop() ?? new RollupDelta();
    group.entityId = entityId;
    group.dimension = dimension;
    group.keyId = keyId;
    group.minute = minute;
    if (first) {
      group.next = first.next;
      first.next = group;
    } else {
      map.set(keyId, group);
    }
    this.groups.push(group);
    return group;
  }

  #clear(): void {
    for (const group of this.groups) {
      group.counts.fill(0, group.lowestSlot, group.highestSlot + 1);
      group.requests = 0;
      group.errors = 0;
      group.durationSumUs = 0;
      group.durationMaxUs = 0;
      group.lowestSlot = HISTOGRAM_SLOT_COUNT;
      group.highestSlot = -1;
      group.next = undefined;
      if (this.#free.length < MAX_FREE_GROUPS) {
        this.#free.push(group);
      }
    }
    this.groups.length = 0;
    this.#entities.clear();
  }
}

/** Groups kept for reuse: 7 MB. */
const MAX_FREE_GROUPS = 1000;

function count(
  group: RollupDelta,
  durationUs: number,
  slot: number,
  failed: number,
): void {
  group.requests++;
  group.errors += failed;
  group.durationSumUs += durationUs;
  if (durationUs > group.durationMaxUs) {
    group.durationMaxUs = durationUs;
  }
  if (slot < group.lowestSlot) {
    group.lowestSlot = slot;
  }
  if (slot > group.highestSlot) {
    group.highestSlot = slot;
  }
  group.counts[slot]++;
}

import { HISTOGRAM_SLOT_COUNT } from '@cloudtrace/plugin-cloudtrace-common';

/** Values of the dimension column of rollups. */
export const DIMENSION_INSTANCE = 1;
export const DIMENSION_ROUTE = 2;

/** Requests of one minute and one instance or route. */
export class RollupDelta {
  entityId = 0;
  dimension = 0;
  keyId = 0;
  /** Minutes since 1970. */
  minute = 0;
  requests = 0;
  errors = 0;
  durationSumUs = 0;
  durationMaxUs = 0;
  lowestSlot = HISTOGRAM_SLOT_COUNT;
  highestSlot = -1;
  readonly counts = new Uint32Array(HISTOGRAM_SLOT_COUNT);
  /** Another minute of the same instance or route. */
  next: RollupDelta | undefined;
}

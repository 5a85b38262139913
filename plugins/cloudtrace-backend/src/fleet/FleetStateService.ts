import type {
  Health,
  Metrics,
  Scaling,
  ScalingActivityPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** Answers questions about the fleet of an entity, from what the collector stored. */
export interface FleetStateService {
  getHealth(
    query: RangeQuery & {
      /** Most groups that are described in full; by default all. */
      maxGroups?: number;
    },
    options: CallOptions,
  ): Promise<Health>;
  getScaling(query: RangeQuery, options: CallOptions): Promise<Scaling>;
  /** @throws `InputError` for a cursor that was not given out. */
  listActivities(
    query: RangeQuery & {
      statuses?: string[];
      causes?: string[];
      /** Name of a group. */
      resource?: string;
      cursor?: string;
      limit: number;
    },
    options: CallOptions,
  ): Promise<ScalingActivityPage>;
  getMetrics(
    query: RangeQuery & { set?: string },
    options: CallOptions,
  ): Promise<Metrics>;
}

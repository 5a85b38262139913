import type {
  Health,
  Metrics,
  Scaling,
  ScalingActivityPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';

/** Returns the fleet of an entity as the collector stored it. */
export interface FleetStateService {
  getHealth(
    query: RangeQuery & {
      /** Maximum number of groups to return in full; all by default. */
      maxGroups?: number;
    },
    options: CallOptions,
  ): Promise<Health>;
  getScaling(query: RangeQuery, options: CallOptions): Promise<Scaling>;
  /** @throws `InputError` for a cursor that the API did not issue. */
  listActivities(
    query: RangeQuery & {
      statuses?: string[];
      causes?: string[];
      /** Name of the group. */
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

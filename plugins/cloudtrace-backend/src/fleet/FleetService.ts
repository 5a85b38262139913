import type {
  FailoverDetails,
  FailoverPage,
  Health,
  Metrics,
  Scaling,
  ScalingActivityPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../requests/RequestService';

/** Answers questions about the fleet of an entity, from what the collector stored. */
export interface FleetService {
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
  /** @throws `InputError` for a cursor that was not given out. */
  listFailovers(
    query: RangeQuery & {
      subjectKinds?: string[];
      cursor?: string;
      limit: number;
    },
    options: CallOptions,
  ): Promise<FailoverPage>;
  /** @throws `NotFoundError` if the entity has no such failover. */
  getFailover(
    query: { entityRef: string; failoverId: string },
    options: CallOptions,
  ): Promise<FailoverDetails>;
  getMetrics(
    query: RangeQuery & { set?: string },
    options: CallOptions,
  ): Promise<Metrics>;
}

import type {
  EnvironmentList,
  LoadDistribution,
  LoadGroupBy,
  RequestDetails,
  RequestFacets,
  RequestPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions, RangeQuery } from '../http/types';
import type { RequestFilter } from './types';

/** How to group the load of a range. */
export interface LoadDistributionQuery extends RangeQuery {
  groupBy: LoadGroupBy;
  /** Requested step; absent for one that fits the range. */
  stepMs?: number;
  /** Maximum number of groups in the result. */
  limit: number;
}

/** Filters of single requests. */
export type RequestQuery = RangeQuery &
  Omit<RequestFilter, keyof RangeQuery | 'environment'>;

/** Reads the requests of an entity. */
export interface RequestService {
  listEnvironments(
    query: { entityRef: string },
    options: CallOptions,
  ): Promise<EnvironmentList>;
  getLoadDistribution(
    query: LoadDistributionQuery,
    options: CallOptions,
  ): Promise<LoadDistribution>;
  /** @throws `InputError` for an invalid cursor */
  listRequests(
    query: RequestQuery & { cursor?: string; limit: number },
    options: CallOptions,
  ): Promise<RequestPage>;
  getFacets(query: RequestQuery, options: CallOptions): Promise<RequestFacets>;
  /** @throws `NotFoundError` if the entity has no such request */
  getRequest(
    query: {
      entityRef: string;
      environment?: string;
      traceId: string;
      spanId: string;
      /** When it started, if known. */
      at?: Date;
    },
    options: CallOptions,
  ): Promise<RequestDetails>;
}

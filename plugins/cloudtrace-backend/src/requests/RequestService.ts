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

/** How the load of a range is to be cut. */
export interface LoadDistributionQuery extends RangeQuery {
  groupBy: LoadGroupBy;
  /** Wanted step; absent for one that suits the range. */
  stepMs?: number;
  /** Greatest number of groups in the answer. */
  limit: number;
}

/** Filters of single requests. */
export type RequestQuery = RangeQuery &
  Omit<RequestFilter, keyof RangeQuery | 'environment'>;

/** Answers questions about the requests of an entity. */
export interface RequestService {
  listEnvironments(
    query: { entityRef: string },
    options: CallOptions,
  ): Promise<EnvironmentList>;
  getLoadDistribution(
    query: LoadDistributionQuery,
    options: CallOptions,
  ): Promise<LoadDistribution>;
  /** @throws `InputError` for a cursor that was not given out. */
  listRequests(
    query: RequestQuery & { cursor?: string; limit: number },
    options: CallOptions,
  ): Promise<RequestPage>;
  getFacets(query: RequestQuery, options: CallOptions): Promise<RequestFacets>;
  /** @throws `NotFoundError` if the entity has no such request. */
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

import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  CreateTokenRequest,
  CreatedToken,
  Diagnostics,
  EnvironmentList,
  IngestTokenList,
  LoadDistribution,
  GetLoadDistributionQuery,
  RequestDetails,
  RequestFacets,
  GetRequestFacetsQuery,
  RequestPage,
  ListRequestsQuery,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Options of every call. @public */
export interface CloudtraceCallOptions {
  /** Aborts the call, e.g. when the viewer has moved on. */
  signal?: AbortSignal;
}

/**
 * Reads CloudTrace's data of one entity. Every method takes a full entity ref
 * and rejects with a `ResponseError`; missing and forbidden are both a 404.
 *
 * @public
 */
export interface CloudtraceApi {
  /** Environments of the entity, in the order to show them; never empty. */
  listEnvironments(
    entityRef: string,
    options?: CloudtraceCallOptions,
  ): Promise<EnvironmentList>;

  /** Shares, errors and latencies per instance, zone or route. */
  getLoadDistribution(
    entityRef: string,
    query: GetLoadDistributionQuery,
    options?: CloudtraceCallOptions,
  ): Promise<LoadDistribution>;

  /** One page of requests, newest first. */
  listRequests(
    entityRef: string,
    query: ListRequestsQuery,
    options?: CloudtraceCallOptions,
  ): Promise<RequestPage>;

  /** Counts per value of each filter, and the distribution of durations. */
  getRequestFacets(
    entityRef: string,
    query: GetRequestFacetsQuery,
    options?: CloudtraceCallOptions,
  ): Promise<RequestFacets>;

  /** Everything known of one request. */
  getRequest(
    entityRef: string,
    request: {
      traceId: string;
      spanId: string;
      environment?: string;
      /** The request's `startedAt`, if known. */
      at?: string;
    },
    options?: CloudtraceCallOptions,
  ): Promise<RequestDetails>;

  /** Ingest tokens without their secrets. */
  listTokens(
    entityRef: string,
    query?: { environment?: string },
    options?: CloudtraceCallOptions,
  ): Promise<IngestTokenList>;

  /** Creates an ingest token; the answer is the only place of its secret. */
  createToken(
    entityRef: string,
    request: CreateTokenRequest,
  ): Promise<CreatedToken>;

  /** Revokes an ingest token. */
  revokeToken(entityRef: string, tokenId: string): Promise<void>;

  /** What each source of data found and why something is missing. */
  getDiagnostics(
    entityRef: string,
    query?: { environment?: string },
    options?: CloudtraceCallOptions,
  ): Promise<Diagnostics>;
}

/** Reference to the {@link CloudtraceApi}. @public */
export const cloudtraceApiRef = createApiRef<CloudtraceApi>().with({
  id: 'plugin.cloudtrace.client',
  pluginId: 'cloudtrace',
});

import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  CreateTokenRequest,
  CreatedToken,
  Diagnostics,
  EnvironmentList,
  ExportFindingsQuery,
  FailoverDetails,
  FailoverPage,
  FindingDetails,
  FindingPage,
  FindingRollupPage,
  FindingSummary,
  FleetPage,
  GetFindingRollupQuery,
  GetFindingSummaryQuery,
  GetHealthQuery,
  GetLoadDistributionQuery,
  GetMetricsQuery,
  GetOverviewQuery,
  GetRequestFacetsQuery,
  GetScalingQuery,
  GetTimelineQuery,
  Health,
  IngestTokenList,
  ListFailoversQuery,
  ListFindingsQuery,
  ListFleetQuery,
  ListRequestsQuery,
  ListScalingActivitiesQuery,
  ListScansQuery,
  LoadDistribution,
  Metrics,
  Overview,
  RequestDetails,
  RequestFacets,
  RequestPage,
  Scaling,
  ScalingActivityPage,
  ScanPage,
  Timeline,
  TriageRequest,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Options of every call. @public */
export interface CloudtraceCallOptions {
  /** Aborts the call, e.g. when the viewer has moved on. */
  signal?: AbortSignal;
}

/**
 * Reads CloudTrace's data. Methods about an entity take its full ref. Every
 * method rejects with a `ResponseError`; missing and forbidden are both a 404.
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

  /** All details of one request. */
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

  /** Creates an ingest token. Only this response contains its secret. */
  createToken(
    entityRef: string,
    request: CreateTokenRequest,
  ): Promise<CreatedToken>;

  /** Revokes an ingest token. */
  revokeToken(entityRef: string, tokenId: string): Promise<void>;

  /** What each data source received, and why data is missing. */
  getDiagnostics(
    entityRef: string,
    query?: { environment?: string },
    options?: CloudtraceCallOptions,
  ): Promise<Diagnostics>;

  /** Current targets, and their states over the range. */
  getHealth(
    entityRef: string,
    query: GetHealthQuery,
    options?: CloudtraceCallOptions,
  ): Promise<Health>;

  /** Current capacity and its history, policies, schedules and alarms. */
  getScaling(
    entityRef: string,
    query: GetScalingQuery,
    options?: CloudtraceCallOptions,
  ): Promise<Scaling>;

  /** One page of scaling activities with their cause, newest first. */
  listScalingActivities(
    entityRef: string,
    query: ListScalingActivitiesQuery,
    options?: CloudtraceCallOptions,
  ): Promise<ScalingActivityPage>;

  /** One page of failovers, and figures for the whole range. */
  listFailovers(
    entityRef: string,
    query: ListFailoversQuery,
    options?: CloudtraceCallOptions,
  ): Promise<FailoverPage>;

  /** Metrics of the entity's resources. */
  getMetrics(
    entityRef: string,
    query: GetMetricsQuery,
    options?: CloudtraceCallOptions,
  ): Promise<Metrics>;

  /** Everything that happened, newest first. */
  getTimeline(
    entityRef: string,
    query: GetTimelineQuery,
    options?: CloudtraceCallOptions,
  ): Promise<Timeline>;

  /** Key figures, insights, and event markers for the views. */
  getOverview(
    entityRef: string,
    query: GetOverviewQuery,
    options?: CloudtraceCallOptions,
  ): Promise<Overview>;

  /** One page of scans, newest first. */
  listScans(
    entityRef: string,
    query: ListScansQuery,
    options?: CloudtraceCallOptions,
  ): Promise<ScanPage>;

  /** One page of findings, deduplicated over tools. */
  listFindings(
    entityRef: string,
    query: ListFindingsQuery,
    options?: CloudtraceCallOptions,
  ): Promise<FindingPage>;

  /** Counts by severity, their trend, and quality gates. */
  getFindingSummary(
    entityRef: string,
    query: GetFindingSummaryQuery,
    options?: CloudtraceCallOptions,
  ): Promise<FindingSummary>;

  /** One failover step by step, with the requests around it. */
  getFailover(
    entityRef: string,
    failoverId: string,
    options?: CloudtraceCallOptions,
  ): Promise<FailoverDetails>;

  /** One finding with its sources and its history. */
  getFinding(
    entityRef: string,
    findingId: string,
    options?: CloudtraceCallOptions,
  ): Promise<FindingDetails>;

  /** Accepts a risk, marks a false positive, or undoes either. */
  triageFinding(
    entityRef: string,
    findingId: string,
    request: TriageRequest,
  ): Promise<FindingDetails>;

  /** All matching findings, as a CSV or SARIF file. */
  exportFindings(entityRef: string, query: ExportFindingsQuery): Promise<Blob>;

  /**
   * Open findings across the entities that the viewer may see, grouped by
   * entity, owner or system, worst first. With `cve`, only entities with this
   * open vulnerability, counting nothing else.
   */
  getFindingRollup(
    query: GetFindingRollupQuery,
    options?: CloudtraceCallOptions,
  ): Promise<FindingRollupPage>;

  /** One page of the services that the viewer may see, worst first. */
  listFleet(
    query: ListFleetQuery,
    options?: CloudtraceCallOptions,
  ): Promise<FleetPage>;
}

/** Reference to the {@link CloudtraceApi}. @public */
export const cloudtraceApiRef = createApiRef<CloudtraceApi>().with({
  id: 'plugin.cloudtrace.client',
  pluginId: 'cloudtrace',
});

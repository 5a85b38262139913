import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { CloudtraceApi, CloudtraceCallOptions } from './CloudtraceApi';
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

type QueryValue = string | number | boolean | readonly string[] | undefined;

function withQuery(path: string, query: Record<string, QueryValue>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) {
      value.forEach(item => params.append(name, item));
    } else if (value !== undefined && value !== '') {
      params.set(name, String(value));
    }
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

function entityPath(entityRef: string, path: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  const entity = [kind, namespace, name].map(encodeURIComponent).join('/');
  return `entities/${entity}/${path}`;
}

function jsonBody(method: string, body: unknown): RequestInit {
  return {
    method,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** Talks to the CloudTrace backend over HTTP. */
export class CloudtraceClient implements CloudtraceApi {
  readonly #fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.#fetchApi = options.fetchApi;
  }

  listEnvironments(entityRef: string, options?: CloudtraceCallOptions) {
    return this.#get<EnvironmentList>(entityRef, 'environments', {}, options);
  }

  getLoadDistribution(
    entityRef: string,
    query: GetLoadDistributionQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<LoadDistribution>(
      entityRef,
      'load-distribution',
      { ...query },
      options,
    );
  }

  listRequests(
    entityRef: string,
    query: ListRequestsQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<RequestPage>(entityRef, 'requests', { ...query }, options);
  }

  getRequestFacets(
    entityRef: string,
    query: GetRequestFacetsQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<RequestFacets>(
      entityRef,
      'requests/facets',
      { ...query },
      options,
    );
  }

  getRequest(
    entityRef: string,
    request: {
      traceId: string;
      spanId: string;
      environment?: string;
      at?: string;
    },
    options?: CloudtraceCallOptions,
  ) {
    const { traceId, spanId, ...query } = request;
    return this.#get<RequestDetails>(
      entityRef,
      `requests/${encodeURIComponent(traceId)}/${encodeURIComponent(spanId)}`,
      query,
      options,
    );
  }

  listTokens(
    entityRef: string,
    query: { environment?: string } = {},
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<IngestTokenList>(entityRef, 'tokens', query, options);
  }

  async createToken(entityRef: string, request: CreateTokenRequest) {
    const response = await this.#request(
      entityPath(entityRef, 'tokens'),
      jsonBody('POST', request),
    );
    return (await response.json()) as CreatedToken;
  }

  async revokeToken(entityRef: string, tokenId: string) {
    await this.#request(
      entityPath(entityRef, `tokens/${encodeURIComponent(tokenId)}`),
      { method: 'DELETE' },
    );
  }

  getDiagnostics(
    entityRef: string,
    query: { environment?: string } = {},
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Diagnostics>(entityRef, 'diagnostics', query, options);
  }

  getHealth(
    entityRef: string,
    query: GetHealthQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Health>(entityRef, 'health', { ...query }, options);
  }

  getScaling(
    entityRef: string,
    query: GetScalingQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Scaling>(entityRef, 'scaling', { ...query }, options);
  }

  listScalingActivities(
    entityRef: string,
    query: ListScalingActivitiesQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<ScalingActivityPage>(
      entityRef,
      'scaling/activities',
      { ...query },
      options,
    );
  }

  listFailovers(
    entityRef: string,
    query: ListFailoversQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<FailoverPage>(
      entityRef,
      'failovers',
      { ...query },
      options,
    );
  }

  getMetrics(
    entityRef: string,
    query: GetMetricsQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Metrics>(entityRef, 'metrics', { ...query }, options);
  }

  getTimeline(
    entityRef: string,
    query: GetTimelineQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Timeline>(entityRef, 'timeline', { ...query }, options);
  }

  getOverview(
    entityRef: string,
    query: GetOverviewQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Overview>(entityRef, 'overview', { ...query }, options);
  }

  listScans(
    entityRef: string,
    query: ListScansQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<ScanPage>(entityRef, 'scans', { ...query }, options);
  }

  listFindings(
    entityRef: string,
    query: ListFindingsQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<FindingPage>(entityRef, 'findings', { ...query }, options);
  }

  getFindingSummary(
    entityRef: string,
    query: GetFindingSummaryQuery,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<FindingSummary>(
      entityRef,
      'findings/summary',
      { ...query },
      options,
    );
  }

  getFailover(
    entityRef: string,
    failoverId: string,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<FailoverDetails>(
      entityRef,
      `failovers/${encodeURIComponent(failoverId)}`,
      {},
      options,
    );
  }

  getFinding(
    entityRef: string,
    findingId: string,
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<FindingDetails>(
      entityRef,
      `findings/${encodeURIComponent(findingId)}`,
      {},
      options,
    );
  }

  async triageFinding(
    entityRef: string,
    findingId: string,
    request: TriageRequest,
  ) {
    const response = await this.#request(
      entityPath(entityRef, `findings/${encodeURIComponent(findingId)}`),
      jsonBody('PATCH', request),
    );
    return (await response.json()) as FindingDetails;
  }

  async exportFindings(entityRef: string, query: ExportFindingsQuery) {
    const response = await this.#request(
      entityPath(entityRef, withQuery('findings/export', { ...query })),
      {},
    );
    return response.blob();
  }

  async listFleet(query: ListFleetQuery, options?: CloudtraceCallOptions) {
    const response = await this.#request(withQuery('fleet', { ...query }), {
      signal: options?.signal,
    });
    return (await response.json()) as FleetPage;
  }

  async getFindingRollup(
    query: GetFindingRollupQuery,
    options?: CloudtraceCallOptions,
  ) {
    const response = await this.#request(withQuery('findings', { ...query }), {
      signal: options?.signal,
    });
    return (await response.json()) as FindingRollupPage;
  }

  async #get<T>(
    entityRef: string,
    path: string,
    query: Record<string, QueryValue>,
    options?: CloudtraceCallOptions,
  ): Promise<T> {
    const response = await this.#request(
      entityPath(entityRef, withQuery(path, query)),
      { signal: options?.signal },
    );
    return (await response.json()) as T;
  }

  async #request(path: string, init: RequestInit): Promise<Response> {
    const response = await this.#fetchApi.fetch(
      `plugin://cloudtrace/v1/${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { CloudtraceApi, CloudtraceCallOptions } from './CloudtraceApi';
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
    const response = await this.#request(entityRef, 'tokens', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(request),
    });
    return (await response.json()) as CreatedToken;
  }

  async revokeToken(entityRef: string, tokenId: string) {
    await this.#request(entityRef, `tokens/${encodeURIComponent(tokenId)}`, {
      method: 'DELETE',
    });
  }

  getDiagnostics(
    entityRef: string,
    query: { environment?: string } = {},
    options?: CloudtraceCallOptions,
  ) {
    return this.#get<Diagnostics>(entityRef, 'diagnostics', query, options);
  }

  async #get<T>(
    entityRef: string,
    path: string,
    query: Record<string, QueryValue>,
    options?: CloudtraceCallOptions,
  ): Promise<T> {
    const response = await this.#request(entityRef, withQuery(path, query), {
      signal: options?.signal,
    });
    return (await response.json()) as T;
  }

  async #request(
    entityRef: string,
    path: string,
    init: RequestInit,
  ): Promise<Response> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const entityPath = [kind, namespace, name]
      .map(part => encodeURIComponent(part))
      .join('/');
    const response = await this.#fetchApi.fetch(
      `plugin://cloudtrace/v1/entities/${entityPath}/${path}`,
      init,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

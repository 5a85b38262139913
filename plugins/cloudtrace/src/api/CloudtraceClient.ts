import { parseEntityRef } from '@backstage/catalog-model';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { CloudtraceApi } from './CloudtraceApi';
import {
  about,
  createHttpClient,
  dataOf,
  ENTITY,
  type HttpClient,
} from './httpClient';

/** Calls the CloudTrace backend over HTTP. */
export class CloudtraceClient implements CloudtraceApi {
  readonly #http: HttpClient;

  constructor(options: { fetchApi: FetchApi }) {
    this.#http = createHttpClient(options.fetchApi);
  }

  listEnvironments: CloudtraceApi['listEnvironments'] = (ref, options) =>
    dataOf(
      this.#http.get(`${ENTITY}/environments`, about(ref, undefined, options)),
    );

  getLoadDistribution: CloudtraceApi['getLoadDistribution'] = (
    ref,
    query,
    options,
  ) =>
    dataOf(
      this.#http.get(`${ENTITY}/load-distribution`, about(ref, query, options)),
    );

  listRequests: CloudtraceApi['listRequests'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/requests`, about(ref, query, options)));

  getRequestFacets: CloudtraceApi['getRequestFacets'] = (ref, query, options) =>
    dataOf(
      this.#http.get(`${ENTITY}/requests/facets`, about(ref, query, options)),
    );

  getRequest: CloudtraceApi['getRequest'] = (
    ref,
    { traceId, spanId, ...query },
    options,
  ) =>
    dataOf(
      this.#http.get(`${ENTITY}/requests/{traceId}/{spanId}`, {
        params: { path: { ...parseEntityRef(ref), traceId, spanId }, query },
        ...options,
      }),
    );

  listTokens: CloudtraceApi['listTokens'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/tokens`, about(ref, query, options)));

  createToken: CloudtraceApi['createToken'] = (ref, body) =>
    dataOf(
      this.#http.post(`${ENTITY}/tokens`, {
        params: { path: parseEntityRef(ref) },
        body,
      }),
    );

  revokeToken: CloudtraceApi['revokeToken'] = async (ref, tokenId) => {
    await this.#http.delete(`${ENTITY}/tokens/{tokenId}`, {
      params: { path: { ...parseEntityRef(ref), tokenId } },
    });
  };

  getDiagnostics: CloudtraceApi['getDiagnostics'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/diagnostics`, about(ref, query, options)));

  getHealth: CloudtraceApi['getHealth'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/health`, about(ref, query, options)));

  getScaling: CloudtraceApi['getScaling'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/scaling`, about(ref, query, options)));

  listScalingActivities: CloudtraceApi['listScalingActivities'] = (
    ref,
    query,
    options,
  ) =>
    dataOf(
      this.#http.get(
        `${ENTITY}/scaling/activities`,
        about(ref, query, options),
      ),
    );

  listFailovers: CloudtraceApi['listFailovers'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/failovers`, about(ref, query, options)));

  getMetrics: CloudtraceApi['getMetrics'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/metrics`, about(ref, query, options)));

  getTimeline: CloudtraceApi['getTimeline'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/timeline`, about(ref, query, options)));

  getOverview: CloudtraceApi['getOverview'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/overview`, about(ref, query, options)));

  listScans: CloudtraceApi['listScans'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/scans`, about(ref, query, options)));

  listFindings: CloudtraceApi['listFindings'] = (ref, query, options) =>
    dataOf(this.#http.get(`${ENTITY}/findings`, about(ref, query, options)));

  getFindingSummary: CloudtraceApi['getFindingSummary'] = (
    ref,
    query,
    options,
  ) =>
    dataOf(
      this.#http.get(`${ENTITY}/findings/summary`, about(ref, query, options)),
    );

  getFailover: CloudtraceApi['getFailover'] = (ref, failoverId, options) =>
    dataOf(
      this.#http.get(`${ENTITY}/failovers/{failoverId}`, {
        params: { path: { ...parseEntityRef(ref), failoverId } },
        ...options,
      }),
    );

  getFinding: CloudtraceApi['getFinding'] = (ref, findingId, options) =>
    dataOf(
      this.#http.get(`${ENTITY}/findings/{findingId}`, {
        params: { path: { ...parseEntityRef(ref), findingId } },
        ...options,
      }),
    );

  triageFinding: CloudtraceApi['triageFinding'] = (ref, findingId, body) =>
    dataOf(
      this.#http.patch(`${ENTITY}/findings/{findingId}`, {
        params: { path: { ...parseEntityRef(ref), findingId } },
        body,
      }),
    );

  exportFindings: CloudtraceApi['exportFindings'] = (ref, query) =>
    dataOf(
      this.#http.get(`${ENTITY}/findings/export`, {
        params: { path: parseEntityRef(ref), query },
        parseAs: 'blob',
      }),
    );

  getFindingRollup: CloudtraceApi['getFindingRollup'] = (query, options) =>
    dataOf(this.#http.get('/v1/findings', { params: { query }, ...options }));

  listFleet: CloudtraceApi['listFleet'] = (query, options) =>
    dataOf(this.#http.get('/v1/fleet', { params: { query }, ...options }));
}

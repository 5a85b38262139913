import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  FindingPage,
  FindingRollupPage,
  FleetPage,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A server that does not respond must not hold the search's task. */
const TIMEOUT_MS = 60_000;
/** Items of a page; the API allows no more. */
export const PAGE_SIZE = 200;

/** Reads CloudTrace's HTTP API as the search backend. */
export class CloudtraceApi {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /** A page of all services, the most urgent first. */
  listFleet(cursor?: string): Promise<FleetPage> {
    return this.#get('/v1/fleet', { cursor, limit: PAGE_SIZE });
  }

  /** A page of the entities that were scanned, those with the worst findings first. */
  listScanned(cursor?: string): Promise<FindingRollupPage> {
    return this.#get('/v1/findings', {
      groupBy: 'entity',
      cursor,
      limit: PAGE_SIZE,
    });
  }

  /**
   * The open findings of an entity, the most severe first; `undefined` if the
   * entity was removed meanwhile.
   */
  async listFindings(
    entityRef: string,
    limit: number,
  ): Promise<FindingPage | undefined> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const entity = [kind, namespace, name].map(encodeURIComponent).join('/');
    try {
      return await this.#get(`/v1/entities/${entity}/findings`, {
        sort: 'severity',
        order: 'desc',
        limit,
      });
    } catch (error) {
      if (error instanceof ResponseError && error.statusCode === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** @throws `ResponseError` */
  async #get(
    path: string,
    query: Record<string, string | number | undefined>,
  ): Promise<any> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl('cloudtrace'),
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'cloudtrace',
      }),
    ]);
    const url = new URL(`${baseUrl}${path}`);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}

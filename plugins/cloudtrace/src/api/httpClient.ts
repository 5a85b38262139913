import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type { CloudtracePaths } from '@cloudtrace/plugin-cloudtrace-common';
import createClient, {
  createQuerySerializer,
  type Client,
} from 'openapi-fetch';
import type { CloudtraceCallOptions } from './CloudtraceApi';

/** Where the paths about an entity start. */
export const ENTITY = '/v1/entities/{kind}/{namespace}/{name}';

/** A call about an entity. */
export function about<Query>(
  entityRef: string,
  query: Query,
  options?: CloudtraceCallOptions,
) {
  return { params: { path: parseEntityRef(entityRef), query }, ...options };
}

const serializeQuery = createQuerySerializer();

/** Leaves out empty texts: a filter without text filters nothing. */
function querySerializer(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  return serializeQuery(Object.fromEntries(given));
}

/** Calls by method, typed by path. */
export interface HttpClient {
  get: Client<CloudtracePaths>['GET'];
  post: Client<CloudtracePaths>['POST'];
  patch: Client<CloudtracePaths>['PATCH'];
  delete: Client<CloudtracePaths>['DELETE'];
}

/**
 * A client whose types come from the OpenAPI document. Calls go through
 * Backstage's `fetchApi`, which finds the backend and signs the viewer in, and
 * reject with a `ResponseError` unless the backend answers with success. Its
 * message is what the backend says, such as which archive cannot be read.
 */
export function createHttpClient(fetchApi: FetchApi): HttpClient {
  const client = createClient<CloudtracePaths>({
    baseUrl: 'plugin://cloudtrace',
    querySerializer,
    // fetchApi changes the URL. The body of a `Request` would become a stream
    // then, and browsers send a stream over HTTP/2 only.
    fetch: async request =>
      fetchApi.fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: (await request.text()) || undefined,
        signal: request.signal,
      }),
  });
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await errorOf(response);
    },
  });
  return {
    get: client.GET,
    post: client.POST,
    patch: client.PATCH,
    delete: client.DELETE,
  };
}

async function errorOf(response: Response): Promise<Error> {
  const error = await ResponseError.fromResponse(response);
  const { message } = error.body.error;
  // Otherwise a proxy answered, possibly with a page.
  const isOurs = response.headers
    .get('content-type')
    ?.startsWith('application/json');
  return isOurs && message ? Object.assign(error, { message }) : error;
}

/** The data of a call; a call without success has rejected before. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

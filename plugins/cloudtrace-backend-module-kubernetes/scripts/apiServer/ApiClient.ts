import { Agent } from 'node:https';
import fetch from 'node-fetch';

type Json = Record<string, any>;

/** Writes objects to the API server as controllers and the kubelet would. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;
  // The server signs its own certificate at each start.
  readonly #agent = new Agent({ rejectUnauthorized: false, keepAlive: true });

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  async isReady(): Promise<boolean> {
    const response = await this.#send('GET', '/readyz').catch(() => undefined);
    return response?.ok ?? false;
  }

  /** Creates an object and then writes its status. */
  async create(collection: string, object: Json): Promise<Json> {
    const created = await this.#json('POST', collection, object);
    if (!object.status) return created;
    return this.setStatus(collection, created, object.status);
  }

  async setStatus(
    collection: string,
    object: Json,
    status: Json,
  ): Promise<Json> {
    const path = `${collection}/${object.metadata.name}/status`;
    return this.patch(path, { status });
  }

  patch(path: string, change: Json): Promise<Json> {
    return this.#json('PATCH', path, change);
  }

  delete(path: string): Promise<Json> {
    return this.#json('DELETE', path, { gracePeriodSeconds: 0 });
  }

  async #json(method: string, path: string, body: Json): Promise<Json> {
    const response = await this.#send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return JSON.parse(text);
  }

  #send(method: string, path: string, body?: Json) {
    const type = method === 'PATCH' ? 'merge-patch+json' : 'json';
    return fetch(`${this.#url}${path}`, {
      method,
      agent: this.#agent,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': `application/${type}`,
      },
      body: body && JSON.stringify(body),
    });
  }
}

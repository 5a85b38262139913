import { gzipSync } from 'node:zlib';

/** CloudTrace's API as a signed-in guest, a service and a pipeline use it. */
export class ScanApi {
  #backendUrl;
  #serviceToken;

  constructor(backendUrl, serviceToken) {
    this.#backendUrl = backendUrl;
    this.#serviceToken = serviceToken;
  }

  async guestToken() {
    const response = await fetch(`${this.#backendUrl}/api/auth/guest/refresh`);
    return (await response.json()).backstageIdentity.token;
  }

  /** Sends a request with Backstage credentials, by default the guest's. */
  async call(path, { token, method = 'GET', body } = {}) {
    const response = await fetch(`${this.#backendUrl}/api/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token ?? (await this.guestToken())}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  }

  /** Sends a request as a service, which no policy restricts. */
  asService(path, options) {
    return this.call(path, { ...options, token: this.#serviceToken });
  }

  /** Uploads a file with a new ingest token of the entity. */
  async upload(name, format, document, query = {}) {
    const { body } = await this.asService(
      `cloudtrace/v1/entities/component/default/${name}/tokens`,
      {
        method: 'POST',
        body: { kind: 'scans', name: 'e2e', expiresInDays: 1 },
      },
    );
    try {
      const response = await fetch(
        `${
          this.#backendUrl
        }/api/cloudtrace/scans/${format}?${new URLSearchParams(query)}`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${body.secret}`,
            'content-type': 'application/json',
            'content-encoding': 'gzip',
          },
          body: gzipSync(
            typeof document === 'string' ? document : JSON.stringify(document),
          ),
        },
      );
      return { status: response.status, body: await response.json() };
    } finally {
      await this.asService(
        `cloudtrace/v1/entities/component/default/${name}/tokens/${body.token.tokenId}`,
        { method: 'DELETE' },
      );
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

const CALL_TIMEOUT_MS = 10_000;
const POLL_MS = 1_000;

/** The portal rejected the request, or sent an invalid response. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * The portal as any user's client sees it: signs in as guest, which only a
 * development portal allows, and creates ingest tokens with the guest's
 * permissions. The local fleet has no privileged access.
 */
export class PortalClient {
  readonly baseUrl: string;

  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Where instances send their traces; exporters append `/v1/traces`. */
  get otlpEndpoint(): string {
    return `${this.baseUrl}/api/cloudtrace/otlp`;
  }

  /** Waits until the backend reports that it is ready. */
  async waitUntilReady(signal: AbortSignal): Promise<void> {
    for (;;) {
      try {
        const response = await this.#fetch(
          '/.backstage/health/v1/readiness',
          {},
          signal,
        );
        if (response.ok) return;
      } catch {
        signal.throwIfAborted();
      }
      await sleep(POLL_MS, undefined, { signal });
    }
  }

  /** Whether the ingest accepts this token. Sends an empty batch. */
  async acceptsToken(token: string, signal: AbortSignal): Promise<boolean> {
    const response = await this.#fetch(
      '/api/cloudtrace/otlp/v1/traces',
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ resourceSpans: [] }),
      },
      signal,
    );
    if (response.ok) return true;
    if (response.status === 401 || response.status === 403) return false;
    throw new PortalError(
      `The portal's ingest returned ${response.status} ${response.statusText}`,
      response.status,
    );
  }

  /** Creates an ingest token for requests and returns the bearer token. */
  async createToken(
    options: { entityRef: string; environment: string },
    signal: AbortSignal,
  ): Promise<string> {
    const guest = await this.#signInAsGuest(signal);
    const [, kind, namespace, name] =
      /^([^:]+):([^/]+)\/(.+)$/.exec(options.entityRef) ?? [];
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    const response = await this.#fetch(
      `/api/cloudtrace/v1/entities/${path}/tokens`,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${guest}`,
        },
        body: JSON.stringify({
          name: 'Local fleet',
          kind: 'requests',
          environment: options.environment,
        }),
      },
      signal,
    );
    if (response.status === 404) {
      throw new PortalError(
        `The catalog has no ${options.entityRef} yet, or the guest user may not create tokens for it`,
        404,
      );
    }
    const body = await readJson(response, 'creating an ingest token');
    const { secret } = body;
    if (typeof secret !== 'string') {
      throw new PortalError('The portal created a token without a secret', 502);
    }
    return secret;
  }

  async #signInAsGuest(signal: AbortSignal): Promise<string> {
    const response = await this.#fetch('/api/auth/guest/refresh', {}, signal);
    if (response.status === 404) {
      throw new PortalError(
        'The portal has no guest sign-in. Enable auth.providers.guest in its configuration (development only), or start with --no-fleet',
        404,
      );
    }
    const body = await readJson(response, 'signing in as guest');
    const identity = body.backstageIdentity as { token?: unknown } | undefined;
    if (typeof identity?.token !== 'string') {
      throw new PortalError('The guest sign-in returned no token', 502);
    }
    return identity.token;
  }

  #fetch(path: string, init: RequestInit, signal: AbortSignal) {
    return fetch(`${this.baseUrl}${path}`, {
      ...init,
      signal: AbortSignal.any([signal, AbortSignal.timeout(CALL_TIMEOUT_MS)]),
    });
  }
}

async function readJson(
  response: Response,
  doing: string,
): Promise<Record<string, unknown>> {
  const text = await response.text();
  if (!response.ok) {
    throw new PortalError(
      `The portal returned ${response.status} while ${doing}: ${text.slice(
        0,
        300,
      )}`,
      response.status,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new PortalError(
      `The portal's response while ${doing} is not JSON`,
      502,
    );
  }
}

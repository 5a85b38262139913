import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { ForwardedError, ResponseError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';

/** What a token may be used for. */
export type TokenKind = 'requests' | 'scans' | 'events';

/** A new ingest token; the secret is never shown again. */
export interface CreatedToken {
  id: string;
  secret: string;
}

/**
 * Calls the CloudTrace backend on behalf of the user who runs the template, so
 * that the user's own permissions decide.
 */
export class CloudTraceClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: { auth: AuthService; discovery: DiscoveryService }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async createToken(
    entityRef: string,
    token: {
      name: string;
      kind: TokenKind;
      /** The entity's default environment if absent. */
      environment?: string;
      expiresInDays: number;
    },
    credentials: BackstageCredentials,
  ): Promise<CreatedToken> {
    const created = (await this.#request(
      'POST',
      `${entityPath(entityRef)}/tokens`,
      token,
      credentials,
    )) as unknown as { token: { tokenId: string }; secret: string };
    return { id: created.token.tokenId, secret: created.secret };
  }

  async deleteToken(
    entityRef: string,
    tokenId: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.#request(
      'DELETE',
      `${entityPath(entityRef)}/tokens/${encodeURIComponent(tokenId)}`,
      undefined,
      credentials,
    );
  }

  async startOnLocalFleet(
    service: { entityRef: string; directory: string; name: string },
    credentials: BackstageCredentials,
  ): Promise<JsonValue> {
    return this.#request('POST', '/local/services', service, credentials);
  }

  async #request(
    method: string,
    path: string,
    body: JsonObject | undefined,
    onBehalfOf: BackstageCredentials,
  ): Promise<JsonValue> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf,
      targetPluginId: 'cloudtrace',
    });
    const baseUrl = await this.#discovery.getBaseUrl('cloudtrace');
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      // The cause contains the backend's own message; without it, users would
      // only see a status.
      const { cause } = await ResponseError.fromResponse(response);
      throw new ForwardedError(`CloudTrace rejected ${method} ${path}`, cause);
    }
    const text = await response.text();
    return text ? JSON.parse(text) : null;
  }
}

function entityPath(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/v1/entities/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

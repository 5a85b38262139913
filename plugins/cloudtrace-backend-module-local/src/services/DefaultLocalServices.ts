import type {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  ForwardedError,
  InputError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  FleetCallError,
  FleetNotRunningError,
  type FleetClient,
} from '../protocol/FleetClient';
import { assertAllowedDirectory } from './assertAllowedDirectory';
import type {
  LocalServices,
  LocalServiceSummary,
  NewLocalService,
} from './types';

/**
 * Starts services through the launcher, with an ingest token that the caller's
 * permissions allow.
 */
export class DefaultLocalServices implements LocalServices {
  readonly #client: FleetClient;
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #repositories: string[];

  constructor(options: {
    client: FleetClient;
    auth: AuthService;
    discovery: DiscoveryService;
    /** Folders whose repositories may be started. */
    repositories: string[];
  }) {
    this.#client = options.client;
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#repositories = options.repositories;
  }

  async start(
    service: NewLocalService,
    options: { credentials: BackstageCredentials },
  ): Promise<LocalServiceSummary> {
    const directory = await assertAllowedDirectory(
      service.directory,
      this.#repositories,
    );
    // Runs before it creates a token, which would be left over if the fleet
    // were not running.
    await this.#call(() => this.#client.state());
    const ingestToken = await this.#createToken(service, options.credentials);
    await this.#call(() =>
      this.#client.addService({ ...service, directory, ingestToken }),
    );
    return this.get(service.name);
  }

  async get(name: string): Promise<LocalServiceSummary> {
    const { services } = await this.#call(() => this.#client.state());
    const found = services.find(({ definition }) => definition.name === name);
    if (!found) throw new NotFoundError(`Local service "${name}" not found`);
    const { definition, status, statusMessage, url } = found;
    return {
      name: definition.name,
      entityRef: definition.entityRef,
      environment: definition.environment,
      status,
      ...(statusMessage && { statusMessage }),
      ...(url && { url }),
    };
  }

  /** Uses the plugin's own API on behalf of the caller, so that the token rules apply here too. */
  async #createToken(
    service: NewLocalService,
    credentials: BackstageCredentials,
  ): Promise<string> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'cloudtrace',
    });
    const baseUrl = await this.#discovery.getBaseUrl('cloudtrace');
    const { kind, namespace, name } = parseEntityRef(service.entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    const response = await fetch(`${baseUrl}/v1/entities/${path}/tokens`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        name: 'Local fleet',
        kind: 'requests',
        environment: service.environment,
      }),
    });
    if (!response.ok) {
      throw new ForwardedError(
        'No ingest token could be created for the service',
        await ResponseError.fromResponse(response),
      );
    }
    const { secret } = (await response.json()) as { secret: string };
    return secret;
  }

  async #call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FleetNotRunningError) {
        throw new ServiceUnavailableError(error.message);
      }
      if (error instanceof FleetCallError) {
        if (error.status === 400) throw new InputError(error.message);
        if (error.status === 404) throw new NotFoundError(error.message);
        if (error.status === 409) throw new ConflictError(error.message);
      }
      throw error;
    }
  }
}

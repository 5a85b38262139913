import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { cloudtraceTokenManagePermission } from '@cloudtrace/plugin-cloudtrace-common';
import type {
  LocalServices,
  LocalServiceSummary,
  NewLocalService,
} from './types';

/**
 * Lets only users start a service who may manage the entity's tokens; to
 * everyone else the entity does not exist.
 */
export class AuthorizedLocalServices implements LocalServices {
  readonly #inner: LocalServices;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;

  constructor(options: {
    inner: LocalServices;
    permissions: PermissionsService;
    catalog: CatalogService;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
  }

  async start(
    service: NewLocalService,
    options: { credentials: BackstageCredentials },
  ): Promise<LocalServiceSummary> {
    await this.#assertAllowed(service.entityRef, options.credentials);
    return this.#inner.start(service, options);
  }

  async get(
    name: string,
    options: { credentials: BackstageCredentials },
  ): Promise<LocalServiceSummary> {
    const found = await this.#inner.get(name, options);
    try {
      await this.#assertAllowed(found.entityRef, options.credentials);
    } catch {
      // The error for a service that does not exist.
      throw new NotFoundError(`Local service "${name}" not found`);
    }
    return found;
  }

  async #assertAllowed(entityRef: string, credentials: BackstageCredentials) {
    const entity = await this.#catalog.getEntityByRef(entityRef, {
      credentials,
    });
    const [decision] = entity
      ? await this.#permissions.authorize(
          [
            {
              permission: cloudtraceTokenManagePermission,
              resourceRef: entityRef,
            },
          ],
          { credentials },
        )
      : [];
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotFoundError(
        `Entity ${entityRef} not found, or you do not have permission`,
      );
    }
  }
}

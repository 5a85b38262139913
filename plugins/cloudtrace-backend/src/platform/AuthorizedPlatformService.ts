import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { cloudtracePlatformManagePermission } from '@cloudtrace/plugin-cloudtrace-common';
import type { PlatformCallOptions, PlatformService } from './PlatformService';

/** Restricts a {@link PlatformService} to operators. */
export class AuthorizedPlatformService implements PlatformService {
  readonly #inner: PlatformService | undefined;
  readonly #permissions: PermissionsService;

  /** @param inner - Absent while platform tokens are off */
  constructor(
    inner: PlatformService | undefined,
    permissions: PermissionsService,
  ) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async listTokens(options: PlatformCallOptions) {
    return (await this.#check(options)).listTokens(options);
  }

  async createToken(
    request: Parameters<PlatformService['createToken']>[0],
    options: PlatformCallOptions,
  ) {
    return (await this.#check(options)).createToken(request, options);
  }

  async revokeToken(tokenId: string, options: PlatformCallOptions) {
    return (await this.#check(options)).revokeToken(tokenId, options);
  }

  async listUnknownServices(options: PlatformCallOptions) {
    return (await this.#check(options)).listUnknownServices(options);
  }

  async listAssignments(options: PlatformCallOptions) {
    return (await this.#check(options)).listAssignments(options);
  }

  async assignService(
    request: Parameters<PlatformService['assignService']>[0],
    options: PlatformCallOptions,
  ) {
    return (await this.#check(options)).assignService(request, options);
  }

  async unassignService(
    service: { name: string; namespace: string },
    options: PlatformCallOptions,
  ) {
    return (await this.#check(options)).unassignService(service, options);
  }

  async #check({ credentials }: PlatformCallOptions): Promise<PlatformService> {
    const [decision] = await this.#permissions.authorize(
      [{ permission: cloudtracePlatformManagePermission }],
      { credentials },
    );
    // Anything but an explicit "allow" denies.
    if (decision?.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        'Only operators may do this: it needs the permission cloudtrace.platform.manage',
      );
    }
    if (!this.#inner) {
      throw new NotAllowedError(
        'Platform tokens are off: set cloudtrace.ingest.platformTokens to true',
      );
    }
    return this.#inner;
  }
}

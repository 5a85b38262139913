import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  AssignServiceRequest,
  CreatedPlatformToken,
  CreatePlatformTokenRequest,
  PlatformToken,
  ServiceAssignment,
  UnknownServiceList,
} from '@cloudtrace/plugin-cloudtrace-common';

/** Who calls. */
export interface PlatformCallOptions {
  credentials: BackstageCredentials;
}

/** What operators do: platform tokens, and services that no entity claims. */
export interface PlatformService {
  /** Live tokens first, then newest first. */
  listTokens(options: PlatformCallOptions): Promise<PlatformToken[]>;
  /**
   * Creates a token. Only the response contains the secret.
   *
   * @throws `InputError` for an invalid scope; `ConflictError` if there are too
   * many live tokens
   */
  createToken(
    request: CreatePlatformTokenRequest,
    options: PlatformCallOptions,
  ): Promise<CreatedPlatformToken>;
  /** @throws `NotFoundError` if there is no such token */
  revokeToken(tokenId: string, options: PlatformCallOptions): Promise<void>;
  /** Last seen first. */
  listUnknownServices(
    options: PlatformCallOptions,
  ): Promise<UnknownServiceList>;
  listAssignments(options: PlatformCallOptions): Promise<ServiceAssignment[]>;
  /**
   * Replaces an earlier assignment of the service.
   *
   * @throws `NotFoundError` for an entity that the caller cannot read;
   * `InputError` for one that is not a component
   */
  assignService(
    request: AssignServiceRequest,
    options: PlatformCallOptions,
  ): Promise<void>;
  unassignService(
    service: { name: string; namespace: string },
    options: PlatformCallOptions,
  ): Promise<void>;
}

import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
  cloudtraceSecurityReadPermission,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../http/types';
import type { RequestService } from './RequestService';

/** Restricts requests to callers who may read them. */
export class AuthorizedRequestService implements RequestService {
  readonly #inner: RequestService;
  readonly #access: EntityAccess;

  constructor(inner: RequestService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  /** Every view needs environments, so any read permission is enough. */
  async listEnvironments(
    query: Parameters<RequestService['listEnvironments']>[0],
    options: CallOptions,
  ) {
    await this.#access.requireEntityWithAny(
      query.entityRef,
      [
        cloudtraceRequestsReadPermission,
        cloudtraceFleetReadPermission,
        cloudtraceSecurityReadPermission,
      ],
      options.credentials,
    );
    return this.#inner.listEnvironments(query, options);
  }

  async getLoadDistribution(
    query: Parameters<RequestService['getLoadDistribution']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getLoadDistribution(query, options);
  }

  async listRequests(
    query: Parameters<RequestService['listRequests']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listRequests(query, options);
  }

  async getFacets(
    query: Parameters<RequestService['getFacets']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getFacets(query, options);
  }

  async getRequest(
    query: Parameters<RequestService['getRequest']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getRequest(query, options);
  }

  async #check(entityRef: string, { credentials }: CallOptions) {
    await this.#access.requireEntity(
      entityRef,
      cloudtraceRequestsReadPermission,
      credentials,
    );
  }
}

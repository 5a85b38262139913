import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { FailoverService } from './FailoverService';

/**
 * Requires permission to read the entity's fleet, and hides the requests from
 * callers who may not read them.
 */
export class AuthorizedFailoverService implements FailoverService {
  readonly #inner: FailoverService;
  readonly #access: EntityAccess;

  constructor(inner: FailoverService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async listFailovers(
    query: Parameters<FailoverService['listFailovers']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listFailovers(query, options);
  }

  async getFailover(
    query: Parameters<FailoverService['getFailover']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    const details = await this.#inner.getFailover(query, options);
    const [mayReadRequests] = await this.#access.allowed(
      query.entityRef,
      [cloudtraceRequestsReadPermission],
      options.credentials,
    );
    if (mayReadRequests) return details;
    return {
      ...details,
      zoneSeries: [],
      instanceSeries: [],
      requestsHidden: true,
    };
  }

  async #check(entityRef: string, { credentials }: CallOptions) {
    await this.#access.requireEntity(
      entityRef,
      cloudtraceFleetReadPermission,
      credentials,
    );
  }
}

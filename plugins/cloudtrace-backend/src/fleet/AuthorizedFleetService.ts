import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../requests/RequestService';
import type { FleetService } from './FleetService';

/** Lets only those who may read the entity's fleet through, and shows its requests only to those who may read them. */
export class AuthorizedFleetService implements FleetService {
  readonly #inner: FleetService;
  readonly #access: EntityAccess;

  constructor(inner: FleetService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async getHealth(
    query: Parameters<FleetService['getHealth']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getHealth(query, options);
  }

  async getScaling(
    query: Parameters<FleetService['getScaling']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getScaling(query, options);
  }

  async listActivities(
    query: Parameters<FleetService['listActivities']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listActivities(query, options);
  }

  async listFailovers(
    query: Parameters<FleetService['listFailovers']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listFailovers(query, options);
  }

  async getFailover(
    query: Parameters<FleetService['getFailover']>[0],
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

  async getMetrics(
    query: Parameters<FleetService['getMetrics']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getMetrics(query, options);
  }

  async #check(entityRef: string, { credentials }: CallOptions) {
    await this.#access.requireEntity(
      entityRef,
      cloudtraceFleetReadPermission,
      credentials,
    );
  }
}

import { cloudtraceFleetReadPermission } from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../http/types';
import type { FleetService } from './FleetService';

/** Lets only those who may read the entity's fleet through. */
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

import { cloudtraceFleetReadPermission } from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../http/types';
import type { FleetStateService } from './FleetStateService';

/** Requires permission to read the entity's fleet. */
export class AuthorizedFleetStateService implements FleetStateService {
  readonly #inner: FleetStateService;
  readonly #access: EntityAccess;

  constructor(inner: FleetStateService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async getHealth(
    query: Parameters<FleetStateService['getHealth']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getHealth(query, options);
  }

  async getScaling(
    query: Parameters<FleetStateService['getScaling']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.getScaling(query, options);
  }

  async listActivities(
    query: Parameters<FleetStateService['listActivities']>[0],
    options: CallOptions,
  ) {
    await this.#check(query.entityRef, options);
    return this.#inner.listActivities(query, options);
  }

  async getMetrics(
    query: Parameters<FleetStateService['getMetrics']>[0],
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

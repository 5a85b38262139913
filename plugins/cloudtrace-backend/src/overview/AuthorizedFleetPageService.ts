import type { FleetPage } from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from '../permissions/EntityAccess';
import { findVisibleParts } from '../permissions/partPermissions';
import type { FleetPageQuery, FleetPageService } from './FleetPageService';

/** Limits each caller to the services and parts that the caller may read. */
export class AuthorizedFleetPageService {
  readonly #inner: FleetPageService;
  readonly #access: EntityAccess;

  constructor(inner: FleetPageService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  list(query: FleetPageQuery, options: CallOptions): Promise<FleetPage> {
    return this.#inner.list(query, {
      ...options,
      findVisible: entityRefs =>
        findVisibleParts(this.#access, entityRefs, options),
    });
  }
}

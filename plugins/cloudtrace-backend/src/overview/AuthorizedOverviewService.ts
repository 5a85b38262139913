import type { Overview } from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from '../permissions/EntityAccess';
import { requireParts } from '../permissions/partPermissions';
import type { OverviewService } from './types';

/** Shows each caller the permitted parts, and names the hidden ones. */
export class AuthorizedOverviewService {
  readonly #inner: OverviewService;
  readonly #access: EntityAccess;

  constructor(inner: OverviewService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async getOverview(
    query: Parameters<OverviewService['getOverview']>[0],
    options: CallOptions,
  ): Promise<Overview> {
    const { parts, hidden } = await requireParts(
      this.#access,
      query.entityRef,
      options,
    );
    const answer = await this.#inner.getOverview(query, { ...options, parts });
    return { ...answer, hidden };
  }
}

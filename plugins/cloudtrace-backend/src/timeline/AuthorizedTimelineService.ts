import type { Timeline } from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';
import type { EntityAccess } from '../permissions/EntityAccess';
import { requireParts } from '../permissions/partPermissions';
import type { TimelineService } from './types';

/** Shows each caller the permitted parts, and names the hidden ones. */
export class AuthorizedTimelineService {
  readonly #inner: TimelineService;
  readonly #access: EntityAccess;

  constructor(inner: TimelineService, access: EntityAccess) {
    this.#inner = inner;
    this.#access = access;
  }

  async getTimeline(
    query: Parameters<TimelineService['getTimeline']>[0],
    options: CallOptions,
  ): Promise<Timeline> {
    const { parts, hidden } = await requireParts(
      this.#access,
      query.entityRef,
      options,
    );
    const answer = await this.#inner.getTimeline(query, { ...options, parts });
    return { ...answer, hidden };
  }
}

import {
  cloudtraceFleetReadPermission,
  cloudtraceRequestsReadPermission,
  cloudtraceSecurityReadPermission,
  type HiddenPart,
  type Overview,
  type Timeline,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EntityAccess } from '../permissions/EntityAccess';
import type { CallOptions } from '../requests/RequestService';
import type { TimelineService } from './types';

/** The parts and the permission that each of them needs. */
export const partPermissions = [
  ['requests', cloudtraceRequestsReadPermission],
  ['fleet', cloudtraceFleetReadPermission],
  ['security', cloudtraceSecurityReadPermission],
] as const;

/** Shows each caller the parts that the caller may read, and names the hidden ones. */
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
    const { parts, hidden } = await this.#check(query.entityRef, options);
    const timeline = await this.#inner.getTimeline(query, {
      ...options,
      parts,
    });
    return { ...timeline, hidden };
  }

  async getOverview(
    query: Parameters<TimelineService['getOverview']>[0],
    options: CallOptions,
  ): Promise<Overview> {
    const { parts, hidden } = await this.#check(query.entityRef, options);
    const overview = await this.#inner.getOverview(query, {
      ...options,
      parts,
    });
    return { ...overview, hidden };
  }

  async #check(entityRef: string, { credentials }: CallOptions) {
    const { allowed } = await this.#access.requireEntityWithAny(
      entityRef,
      partPermissions.map(([, permission]) => permission),
      credentials,
    );
    const parts = new Set<HiddenPart>();
    const hidden: HiddenPart[] = [];
    partPermissions.forEach(([part], i) => {
      if (allowed[i]) parts.add(part);
      else hidden.push(part);
    });
    return { parts, hidden };
  }
}

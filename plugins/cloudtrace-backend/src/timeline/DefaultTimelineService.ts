import type {
  HiddenPart,
  Timeline,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import { decodeCursor, encodeCursor } from '../http/cursor';
import type { CallOptions } from '../http/types';
import { newestFirst, readTimeline } from './readTimeline';
import type { TimelineService, TimelineSource } from './types';

/** Merges the events of all sources in order of time. */
export class DefaultTimelineService implements TimelineService {
  readonly #environments: EnvironmentResolver;
  readonly #sources: readonly TimelineSource[];

  constructor(options: {
    environments: EnvironmentResolver;
    sources: readonly TimelineSource[];
  }) {
    this.#environments = options.environments;
    this.#sources = options.sources;
  }

  async getTimeline(
    query: Parameters<TimelineService['getTimeline']>[0],
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Timeline, 'hidden'>> {
    const environment = await this.#resolve(query, options);
    // All kinds, because each is counted.
    const all = await readTimeline(
      this.#sources,
      { ...query, environment, kinds: undefined },
      options.parts,
    );
    const counts: Record<string, number> = {};
    for (const { kind } of all) counts[kind] = (counts[kind] ?? 0) + 1;
    const events = all.filter(
      ({ kind }) => !query.kinds?.length || query.kinds.includes(kind),
    );
    const start = query.cursor ? startAfter(events, query.cursor) : 0;
    const items = events.slice(start, start + query.limit);
    const last = items.at(-1);
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      environment,
      asOf: new Date().toISOString(),
      items,
      nextCursor:
        last && start + items.length < events.length
          ? encodeCursor([last.at, last.id])
          : undefined,
      total: events.length,
      counts,
    };
  }

  #resolve(
    query: { entityRef: string; environment?: string },
    { credentials }: CallOptions,
  ): Promise<string> {
    return this.#environments.resolve(
      query.entityRef,
      query.environment,
      credentials,
    );
  }
}

/** The position after the cursor's event, even if that event no longer exists. */
function startAfter(events: readonly TimelineEvent[], cursor: string): number {
  const position = decodeCursor(cursor, (at, id) => ({ at, id }));
  const start = events.findIndex(event => newestFirst(position, event) < 0);
  return start < 0 ? events.length : start;
}

import { InputError } from '@backstage/errors';
import type {
  HiddenPart,
  Overview,
  Timeline,
  TimelineEvent,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { CallOptions, RangeQuery } from '../requests/RequestService';
import { insightKinds } from './insights/jumpInsights';
import type { OverviewReader } from './OverviewReader';
import type { TimelineScope, TimelineService, TimelineSource } from './types';

/** Puts the events of all sources in order. */
export class DefaultTimelineService implements TimelineService {
  readonly #environments: EnvironmentResolver;
  readonly #sources: readonly TimelineSource[];
  readonly #overview: OverviewReader;

  constructor(options: {
    environments: EnvironmentResolver;
    sources: readonly TimelineSource[];
    overview: OverviewReader;
  }) {
    this.#environments = options.environments;
    this.#sources = options.sources;
    this.#overview = options.overview;
  }

  async getTimeline(
    query: Parameters<TimelineService['getTimeline']>[0],
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Timeline, 'hidden'>> {
    const environment = await this.#resolve(query, options);
    // All kinds, for each is counted.
    const all = await this.#read(
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
          ? encodeCursor(last)
          : undefined,
      total: events.length,
      counts,
    };
  }

  async getOverview(
    query: RangeQuery,
    options: CallOptions & { parts: ReadonlySet<HiddenPart> },
  ): Promise<Omit<Overview, 'hidden'>> {
    const environment = await this.#resolve(query, options);
    const scope = { ...query, environment };
    const events = await this.#read(
      { ...scope, kinds: insightKinds },
      options.parts,
    );
    return this.#overview.read(scope, events, options);
  }

  /** Newest first. */
  async #read(
    scope: TimelineScope,
    parts: ReadonlySet<HiddenPart>,
  ): Promise<TimelineEvent[]> {
    const found = await Promise.all(
      this.#sources
        .filter(({ part }) => parts.has(part))
        .map(source => source.events(scope)),
    );
    return found.flat().sort(newestFirst);
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

function newestFirst(
  a: Pick<TimelineEvent, 'at' | 'id'>,
  b: Pick<TimelineEvent, 'at' | 'id'>,
): number {
  // ISO times are in order as they are; localeCompare would take most of the time here.
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function encodeCursor({ at, id }: TimelineEvent): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** The position after the cursor's event, also if that event is gone meanwhile. */
function startAfter(events: readonly TimelineEvent[], cursor: string): number {
  let position: { at: string; id: string } | undefined;
  try {
    const [at, id] = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (typeof at === 'string' && typeof id === 'string') position = { at, id };
  } catch {
    // Answered below.
  }
  if (!position) {
    throw new InputError(
      `The query parameter 'cursor' is not one of an earlier answer; start again without it`,
    );
  }
  const { at, id } = position;
  const start = events.findIndex(event => newestFirst({ at, id }, event) < 0);
  return start < 0 ? events.length : start;
}

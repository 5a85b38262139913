import { NotFoundError } from '@backstage/errors';
import {
  MINUTE_MS,
  type RequestDetails,
  type RequestFacets,
  type RequestPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { ArchiveGroupBy } from '@cloudtrace/plugin-cloudtrace-node';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import type { CallOptions } from '../http/types';
import { buildFacets } from '../requests/buildFacets';
import { durationBoundsUs } from '../requests/database/readFacets';
import { readRouteLatency } from '../requests/readRouteLatency';
import type { RequestQuery, RequestService } from '../requests/RequestService';
import { endOf, toRequestRecord } from '../requests/toRequestRecord';
import {
  fillTracingLinks,
  type TracingUrlTemplate,
} from '../requests/tracingLinks';
import type { RequestStore, StoredRequest } from '../requests/types';
import { isoDay, type ArchiveReader } from './ArchiveReader';
import { fromCursor, positionOf, toCursor } from './archiveCursor';
import { dayEnd } from '../requests/database/countDay';
import { fromArchive, toArchiveFilter } from './toArchiveFilter';

/** Tolerance for the start time in the lookup of a request. */
const LOOK_AROUND_MS = 1000;

/** How far around a request to search for neighbours. */
const REACH_MS = 5 * MINUTE_MS;
const NEIGHBOURS = 5;
const SAME_TRACE = 100;

const FACETS: readonly ArchiveGroupBy[] = [
  'instances',
  'zones',
  'routes',
  'methods',
  'statuses',
  'durations',
];

/** Adds archived days to the requests in the database; an archived day is searched by itself. */
export class ArchivedRequestService implements RequestService {
  readonly #inner: RequestService;
  readonly #reader: ArchiveReader;
  readonly #store: RequestStore;
  readonly #environments: EnvironmentResolver;
  readonly #tracingUrlTemplates: readonly TracingUrlTemplate[];

  constructor(options: {
    inner: RequestService;
    reader: ArchiveReader;
    store: RequestStore;
    environments: EnvironmentResolver;
    tracingUrlTemplates: readonly TracingUrlTemplate[];
  }) {
    this.#inner = options.inner;
    this.#reader = options.reader;
    this.#store = options.store;
    this.#environments = options.environments;
    this.#tracingUrlTemplates = options.tracingUrlTemplates;
  }

  listEnvironments(
    ...args: Parameters<RequestService['listEnvironments']>
  ): ReturnType<RequestService['listEnvironments']> {
    return this.#inner.listEnvironments(...args);
  }

  getLoadDistribution(
    ...args: Parameters<RequestService['getLoadDistribution']>
  ): ReturnType<RequestService['getLoadDistribution']> {
    return this.#inner.getLoadDistribution(...args);
  }

  async listRequests(
    query: Parameters<RequestService['listRequests']>[0],
    options: CallOptions,
  ): Promise<RequestPage> {
    const day = soleDay(query);
    if (day && (await this.#reader.hasDay(day))) {
      return this.#list(day, query, options);
    }
    const page = await this.#inner.listRequests(query, options);
    const archivedDays = await this.#reader.listDays(query.from, query.to);
    if (archivedDays.length === 0) return page;
    // The day was moved to the archive while the database was asked.
    if (day) return this.#list(day, query, options);
    const { total, ...rest } = page;
    return {
      ...rest,
      archivedDays,
      // None in the database does not mean none.
      ...(total ? { totalAtLeast: total } : {}),
    };
  }

  async getFacets(
    query: RequestQuery,
    options: CallOptions,
  ): Promise<RequestFacets> {
    const day = soleDay(query);
    if (day && (await this.#reader.hasDay(day))) {
      return this.#facets(day, query, options);
    }
    const facets = await this.#inner.getFacets(query, options);
    const [newest] = await this.#reader.listDays(query.from, query.to);
    if (newest === undefined) return facets;
    if (day) return this.#facets(day, query, options);
    return {
      ...facets,
      exact: false,
      countedSince: facets.countedSince ?? dayEnd(newest).toISOString(),
    };
  }

  async getRequest(
    query: Parameters<RequestService['getRequest']>[0],
    options: CallOptions,
  ): Promise<RequestDetails> {
    const day = query.at && isoDay(query.at);
    return day && (await this.#reader.hasDay(day))
      ? this.#details(day, query, options)
      : this.#inner.getRequest(query, options);
  }

  async #list(
    day: string,
    query: Parameters<RequestService['listRequests']>[0],
    options: CallOptions,
  ): Promise<RequestPage> {
    const environment = await this.#resolve(query, options);
    const { cursor, limit, ...range } = query;
    const filter = toArchiveFilter({ ...range, environment });
    const after = cursor === undefined ? undefined : fromCursor(cursor);
    const [found, counted, lastStartedAt] = await Promise.all([
      // One extra row shows whether there is another page.
      this.#reader.search(day, { ...filter, after, limit: limit + 1 }),
      cursor === undefined ? this.#reader.count(day, filter) : undefined,
      this.#store.lastStartedAt(query.entityRef, environment),
    ]);
    const page = found.slice(0, limit);
    const requests = sum(counted?.counts ?? []);
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      environment,
      asOf: lastStartedAt?.toISOString(),
      archived: true,
      items: page.map(fromArchive).map(toRequestRecord),
      ...(found.length > limit && {
        nextCursor: toCursor(page[page.length - 1]),
      }),
      ...(counted &&
        (counted.since ? { totalAtLeast: requests } : { total: requests })),
    };
  }

  async #facets(
    day: string,
    query: RequestQuery,
    options: CallOptions,
  ): Promise<RequestFacets> {
    const environment = await this.#resolve(query, options);
    const filter = toArchiveFilter({ ...query, environment });
    const counted = await this.#reader.count(day, filter);
    const facets: Partial<Parameters<typeof buildFacets>[0]> = {};
    for (const groupBy of FACETS) {
      const { counts } = await this.#reader.count(
        day,
        withoutField(filter, groupBy),
        { groupBy, durationBoundsUs },
      );
      facets[groupBy] = counts;
    }
    const lastStartedAt = await this.#store.lastStartedAt(
      query.entityRef,
      environment,
    );
    return {
      from: query.from.toISOString(),
      to: query.to.toISOString(),
      environment,
      asOf: lastStartedAt?.toISOString(),
      exact: counted.since === undefined,
      countedRequests: sum(counted.counts),
      countedSince: counted.since?.toISOString(),
      ...buildFacets(facets as Parameters<typeof buildFacets>[0]),
    };
  }

  async #details(
    day: string,
    query: Parameters<RequestService['getRequest']>[0],
    options: CallOptions,
  ): Promise<RequestDetails> {
    const environment = await this.#resolve(query, options);
    const { entityRef, traceId, spanId } = query;
    const at = query.at!.getTime();
    const scope = { entityRef, environment };
    const [request] = await this.#reader.search(day, {
      ...scope,
      ...around(at, LOOK_AROUND_MS),
      traceId,
      spanId,
      limit: 1,
    });
    if (!request) {
      throw new NotFoundError(
        `Request not found: trace ${traceId} and span ${spanId} in the environment '${environment}', archived on ${day}`,
      );
    }
    const stored = fromArchive(request);
    const near = {
      ...scope,
      ...around(stored.startedAt.getTime(), REACH_MS),
      instances: [stored.instanceId],
      zones: [stored.zone],
      after: positionOf(request),
      limit: NEIGHBOURS,
    };
    const [before, after, trace, routeLatencyMs] = await Promise.all([
      this.#reader.search(day, near),
      this.#reader.search(day, { ...near, order: 'oldest' }),
      this.#reader.search(day, {
        entityRef,
        ...around(stored.startedAt.getTime(), 6 * REACH_MS),
        traceId,
        order: 'oldest',
        limit: SAME_TRACE,
      }),
      readRouteLatency(this.#store, entityRef, stored),
    ]);
    const records = (requests: StoredRequest[]) =>
      requests.map(toRequestRecord);
    return {
      request: toRequestRecord(stored),
      archived: true,
      endedAt: endOf(stored).toISOString(),
      neighbours: {
        before: records(before.reverse().map(fromArchive)),
        after: records(after.map(fromArchive)),
      },
      sameTrace: records(
        trace.filter(other => other.spanId !== spanId).map(fromArchive),
      ),
      routeLatencyMs,
      links: fillTracingLinks(this.#tracingUrlTemplates, stored),
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

/** The day (UTC) that contains a whole range, if one does. */
function soleDay({ from, to }: { from: Date; to: Date }): string | undefined {
  const day = isoDay(from);
  return isoDay(new Date(to.getTime() - 1)) === day ? day : undefined;
}

function around(ms: number, reachMs: number): { from: Date; to: Date } {
  return { from: new Date(ms - reachMs), to: new Date(ms + reachMs) };
}

function sum(counts: ReadonlyArray<{ requests: number }>): number {
  return counts.reduce((total, { requests }) => total + requests, 0);
}

/** A facet that the filter restricts is counted without that restriction. */
function withoutField(
  filter: ReturnType<typeof toArchiveFilter>,
  groupBy: ArchiveGroupBy,
): ReturnType<typeof toArchiveFilter> {
  return groupBy === 'durations'
    ? { ...filter, minDurationUs: undefined, maxDurationUs: undefined }
    : { ...filter, [groupBy]: undefined };
}

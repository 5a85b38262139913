import { NotFoundError } from '@backstage/errors';
import {
  HOUR_MS,
  autoStepMs,
  type EnvironmentList,
  type LoadDistribution,
  type RequestDetails,
  type RequestFacets,
  type RequestPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { findEntityId } from '../database/entities/findEntityId';
import { countRequests } from './database/countRequests';
import { findNeighbours } from './database/findNeighbours';
import { findRequest } from './database/findRequest';
import { findTrace } from './database/findTrace';
import { readFacets } from './database/readFacets';
import { readFirstSeen } from './database/readFirstSeen';
import type { EnvironmentResolver } from '../environments/EnvironmentResolver';
import { buildLoadDistribution } from './buildLoadDistribution';
import { buildFacets } from './buildFacets';
import { fillTracingLinks, type TracingUrlTemplate } from './tracingLinks';
import type { CallOptions } from '../http/types';
import type {
  LoadDistributionQuery,
  RequestQuery,
  RequestService,
} from './RequestService';
import { readRouteLatency } from './readRouteLatency';
import { endOf, toRequestRecord } from './toRequestRecord';
import type { RequestFilter, RequestStore, StoredRequest } from './types';

/** Maximum number of requests that are counted one by one for counts and facets. */
const MAX_COUNTED = 100_000;

/** Serves requests from the database. */
export class DefaultRequestService implements RequestService {
  readonly #knex: Knex;
  readonly #store: RequestStore;
  readonly #environments: EnvironmentResolver;
  readonly #liveChannel: (entityRef: string) => string;
  readonly #tracingUrlTemplates: readonly TracingUrlTemplate[];
  readonly #rawRetentionMs: number;

  constructor(options: {
    knex: Knex;
    store: RequestStore;
    environments: EnvironmentResolver;
    liveChannel: (entityRef: string) => string;
    tracingUrlTemplates: readonly TracingUrlTemplate[];
    rawRetentionMs: number;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#environments = options.environments;
    this.#liveChannel = options.liveChannel;
    this.#tracingUrlTemplates = options.tracingUrlTemplates;
    this.#rawRetentionMs = options.rawRetentionMs;
  }

  async listEnvironments(
    { entityRef }: { entityRef: string },
    { credentials }: CallOptions,
  ): Promise<EnvironmentList> {
    return {
      ...(await this.#environments.list(entityRef, credentials)),
      liveChannel: this.#liveChannel(entityRef),
    };
  }

  async getLoadDistribution(
    query: LoadDistributionQuery,
    options: CallOptions,
  ): Promise<LoadDistribution> {
    const environment = await this.#resolve(query, options);
    const { entityRef, from, to, groupBy } = query;
    const rangeMs = to.getTime() - from.getTime();
    const scope = { entityRef, environment, groupBy, byKind: true };
    const entityId = await findEntityId(this.#knex, entityRef);
    const current = await this.#store.readRollups({
      ...scope,
      from,
      to,
      stepMs: query.stepMs ?? autoStepMs(rangeMs),
    });
    const currentMs = current.to.getTime() - current.from.getTime();
    const [previous, firstSeen, lastStartedAt] = await Promise.all([
      this.#store.readRollups({
        ...scope,
        from: new Date(current.from.getTime() - currentMs),
        to: current.from,
        stepMs: current.stepMs,
      }),
      entityId === undefined
        ? new Map<string, Date>()
        : readFirstSeen(this.#knex, { ...scope, entityId }),
      this.#store.lastStartedAt(entityRef, environment),
    ]);
    return buildLoadDistribution({
      environment,
      groupBy,
      current,
      previous,
      firstSeen,
      lastStartedAt,
      limit: query.limit,
      now: new Date(),
    });
  }

  async listRequests(
    query: RequestQuery & { cursor?: string; limit: number },
    options: CallOptions,
  ): Promise<RequestPage> {
    const environment = await this.#resolve(query, options);
    const { cursor, limit, ...rest } = query;
    const filter = { ...rest, environment };
    const [page, count, lastStartedAt] = await Promise.all([
      this.#store.listRequests(filter, cursor, limit),
      cursor === undefined ? this.#count(filter) : undefined,
      this.#store.lastStartedAt(filter.entityRef, environment),
    ]);
    return {
      from: filter.from.toISOString(),
      to: filter.to.toISOString(),
      environment,
      asOf: lastStartedAt?.toISOString(),
      items: page.items.map(toRequestRecord),
      nextCursor: page.nextCursor,
      ...count,
      rawSince: this.#rawSince().toISOString(),
    };
  }

  async getFacets(
    query: RequestQuery,
    options: CallOptions,
  ): Promise<RequestFacets> {
    const environment = await this.#resolve(query, options);
    const filter = { ...query, environment };
    const { from, exact } = await this.#countableRange(filter);
    const entityId = await findEntityId(this.#knex, filter.entityRef);
    const [facets, countedRequests, lastStartedAt] = await Promise.all([
      entityId === undefined
        ? undefined
        : readFacets(this.#knex, entityId, { ...filter, from }),
      entityId === undefined
        ? 0
        : countRequests(this.#knex, entityId, { ...filter, from }),
      this.#store.lastStartedAt(filter.entityRef, environment),
    ]);
    return {
      from: filter.from.toISOString(),
      to: filter.to.toISOString(),
      environment,
      asOf: lastStartedAt?.toISOString(),
      exact,
      countedRequests,
      countedSince: exact ? undefined : from.toISOString(),
      ...buildFacets(facets),
    };
  }

  async getRequest(
    query: Parameters<RequestService['getRequest']>[0],
    options: CallOptions,
  ): Promise<RequestDetails> {
    const environment = await this.#resolve(query, options);
    const entityId = await findEntityId(this.#knex, query.entityRef);
    const request =
      entityId === undefined
        ? undefined
        : await this.#find(entityId, { ...query, environment });
    if (entityId === undefined || !request) {
      throw new NotFoundError(
        `Request not found: trace ${query.traceId} and span ${
          query.spanId
        } in the environment '${environment}'; single requests are kept since ${this.#rawSince().toISOString()}`,
      );
    }
    const around = {
      from: new Date(request.startedAt.getTime() - HOUR_MS / 2),
      to: new Date(request.startedAt.getTime() + HOUR_MS / 2),
    };
    const [neighbours, trace, routeLatencyMs] = await Promise.all([
      findNeighbours(this.#knex, entityId, request, 5),
      findTrace(this.#knex, { entityId, traceId: request.traceId, ...around }),
      readRouteLatency(this.#store, query.entityRef, request),
    ]);
    return {
      request: toRequestRecord(request),
      endedAt: endOf(request).toISOString(),
      neighbours: {
        before: neighbours.before.map(toRequestRecord),
        after: neighbours.after.map(toRequestRecord),
      },
      sameTrace: trace
        .filter(({ spanId }) => spanId !== request.spanId)
        .map(toRequestRecord),
      routeLatencyMs,
      links: fillTracingLinks(this.#tracingUrlTemplates, request),
    };
  }

  async #find(
    entityId: number,
    query: {
      environment: string;
      traceId: string;
      spanId: string;
      at?: Date;
    },
  ): Promise<StoredRequest | undefined> {
    const { environment, traceId, spanId, at } = query;
    const find = (from: Date, to: Date) =>
      findRequest(this.#knex, {
        entityId,
        environment,
        traceId,
        spanId,
        from,
        to,
      });
    const near =
      at &&
      (await find(
        new Date(at.getTime() - 1000),
        new Date(at.getTime() + 1000),
      ));
    return near ?? find(this.#rawSince(), new Date(Date.now() + HOUR_MS));
  }

  /** Exact if few enough requests are in the range; otherwise a lower bound. */
  async #count(filter: RequestFilter) {
    const entityId = await findEntityId(this.#knex, filter.entityRef);
    if (entityId === undefined) return { total: 0 };
    const { from, exact } = await this.#countableRange(filter);
    const count = await countRequests(this.#knex, entityId, {
      ...filter,
      from,
    });
    return exact ? { total: count } : { totalAtLeast: count };
  }

  /**
   * The newest part of the range with at most {@link maxCounted} requests
   * according to rollups, so that row-by-row counting is bounded for any range.
   */
  async #countableRange(
    filter: RequestFilter,
  ): Promise<{ from: Date; exact: boolean }> {
    const rawSince = this.#rawSince();
    const from = new Date(Math.max(filter.from.getTime(), rawSince.getTime()));
    if (from >= filter.to) return { from: filter.from, exact: true };
    const { rows } = await this.#store.readRollups({
      entityRef: filter.entityRef,
      environment: filter.environment,
      from,
      to: filter.to,
      groupBy: 'zone',
      stepMs: autoStepMs(filter.to.getTime() - from.getTime()),
    });
    const perBucket = new Map<number, number>();
    for (const { bucket, requests } of rows) {
      perBucket.set(
        bucket.getTime(),
        (perBucket.get(bucket.getTime()) ?? 0) + requests,
      );
    }
    let sum = 0;
    let boundary: number | undefined;
    for (const [bucket, requests] of [...perBucket].sort(([a], [b]) => b - a)) {
      // The newest bucket is always included, however full it is.
      if (boundary !== undefined && sum + requests > MAX_COUNTED) {
        return { from: new Date(boundary), exact: false };
      }
      sum += requests;
      boundary = bucket;
    }
    return { from, exact: true };
  }

  #rawSince(): Date {
    return new Date(Date.now() - this.#rawRetentionMs);
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

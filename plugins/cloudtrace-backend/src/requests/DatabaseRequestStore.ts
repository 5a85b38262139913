import type { Knex } from 'knex';
import { MINUTE_MS, DAY_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { inferKinds, readInstances, readRoutes } from './database/readNames';
import { UNKNOWN } from './placeholderNames';
import { findEntityId } from '../database/entities/findEntityId';
import { listEnvironments } from './database/listEnvironments';
import { findRequest } from './database/findRequest';
import {
  listRequests,
  type ListedRequest,
  type RequestPosition,
} from './database/listRequests';
import { findLatestMinute } from '../rollups/database/findLatestMinute';
import {
  readLastReceived,
  readLastStarted,
} from '../rollups/database/readLastReceived';
import { readRollupRows } from '../rollups/database/readRollupRows';
import { mergeRollupRows, type RollupGroup } from '../rollups/mergeRollupRows';
import { RESOLUTION_MS, resolutionFor } from '../rollups/resolutionFor';
import { decodeRequestCursor, encodeRequestCursor } from './requestCursor';
import type {
  RequestFilter,
  RequestKey,
  RequestPage,
  RequestStore,
  RollupQuery,
  RollupResult,
  StoredRequest,
} from './types';

/** Tolerance for the start time in the lookup of a request. */
const LOOK_AROUND_MS = 1000;

/** Growth of the search windows until the first page of a list is full. */
const WINDOW_GROWTH = 4;
const MIN_WINDOW_MS = 20;

/** Reads requests and rollups from the plugin's database. */
export class DatabaseRequestStore implements RequestStore {
  readonly #knex: Knex;
  readonly #retention: { minuteMs: number; hourMs: number; dayMs: number };
  readonly #now: () => number;

  constructor(options: {
    knex: Knex;
    /** How long rollups are kept. */
    retention?: { minuteMs: number; hourMs: number; dayMs: number };
    now?: () => number;
  }) {
    this.#knex = options.knex;
    this.#retention = options.retention ?? {
      minuteMs: 30 * DAY_MS,
      hourMs: 396 * DAY_MS,
      dayMs: 1827 * DAY_MS,
    };
    this.#now = options.now ?? Date.now;
  }

  async readRollups(query: RollupQuery): Promise<RollupResult> {
    const asOf = new Date(this.#now());
    const resolution = resolutionFor({
      stepMs: query.stepMs,
      from: query.from,
      now: asOf,
      minuteRetentionMs: this.#retention.minuteMs,
      hourRetentionMs: this.#retention.hourMs,
    });
    const unitMs = RESOLUTION_MS[resolution];
    const stepMs = Math.max(1, Math.ceil(query.stepMs / unitMs)) * unitMs;
    const fromMs = Math.floor(query.from.getTime() / stepMs) * stepMs;
    const toMs = Math.ceil(query.to.getTime() / stepMs) * stepMs;
    const result = { from: new Date(fromMs), to: new Date(toMs), stepMs, asOf };
    const entityId = await findEntityId(this.#knex, query.entityRef);
    if (entityId === undefined) {
      return { ...result, rows: [] };
    }
    const rows = await readRollupRows(this.#knex, resolution, {
      entityId,
      environment: query.environment,
      dimension: query.groupBy === 'route' ? 2 : 1,
      from: result.from,
      to: result.to,
    });
    const ids = [...new Set(rows.map(({ keyId }) => keyId))];
    const groups = await this.#readGroups(entityId, query, ids);
    return {
      ...result,
      rows: mergeRollupRows(rows, groups, { fromMs, stepMs }),
    };
  }

  async listRequests(
    filter: RequestFilter,
    cursor: string | undefined,
    limit: number,
  ): Promise<RequestPage> {
    const after =
      cursor === undefined ? undefined : decodeRequestCursor(cursor);
    const entityId = await findEntityId(this.#knex, filter.entityRef);
    if (entityId === undefined) {
      return { items: [] };
    }
    // One extra row shows whether there is another page.
    const found = isIndexed(filter)
      ? await listRequests(this.#knex, entityId, filter, {
          after,
          limit: limit + 1,
        })
      : await this.#listByWindows(entityId, filter, after, limit + 1);
    const page = found.slice(0, limit);
    return {
      items: page.map(({ request }) => request),
      ...(found.length > limit && {
        nextCursor: encodeRequestCursor(page[page.length - 1].position),
      }),
    };
  }

  async getRequest(key: RequestKey): Promise<StoredRequest | undefined> {
    const entityId = await findEntityId(this.#knex, key.entityRef);
    return entityId === undefined
      ? undefined
      : findRequest(this.#knex, {
          entityId,
          environment: key.environment,
          traceId: key.traceId,
          spanId: key.spanId,
          from: new Date(key.startedAt.getTime() - LOOK_AROUND_MS),
          to: new Date(key.startedAt.getTime() + LOOK_AROUND_MS),
        });
  }

  async environments(entityRef: string): Promise<string[]> {
    const entityId = await findEntityId(this.#knex, entityRef);
    return entityId === undefined ? [] : listEnvironments(this.#knex, entityId);
  }

  async lastStartedAt(
    entityRef: string,
    environment?: string,
  ): Promise<Date | undefined> {
    const entityId = await findEntityId(this.#knex, entityRef);
    return entityId === undefined
      ? undefined
      : readLastStarted(this.#knex, { entityId, environment });
  }

  async lastReceivedAt(
    entityRef: string,
    environment?: string,
  ): Promise<Date | undefined> {
    const entityId = await findEntityId(this.#knex, entityRef);
    return entityId === undefined
      ? undefined
      : readLastReceived(this.#knex, { entityId, environment });
  }

  /**
   * Requests have no index by time and entity, only block ranges. So the newest
   * ones are searched in windows: the first has a width that fits the entity's
   * request rate, and each further one is wider. Periods without requests are
   * skipped.
   */
  async #listByWindows(
    entityId: number,
    filter: RequestFilter,
    after: RequestPosition | undefined,
    limit: number,
  ): Promise<ListedRequest[]> {
    const { environment, from } = filter;
    const found: ListedRequest[] = [];
    let upperMs = filter.to.getTime();
    if (after) {
      // Positions have microseconds, windows milliseconds.
      upperMs = Math.min(upperMs, Date.parse(after.startedAt) + 1);
    }
    let widthMs: number | undefined;
    while (upperMs > from.getTime() && found.length < limit) {
      const latest = await findLatestMinute(this.#knex, {
        entityId,
        environment,
        from: new Date(from.getTime() - MINUTE_MS),
        before: new Date(upperMs),
      });
      if (!latest) {
        break;
      }
      upperMs = Math.min(upperMs, latest.bucket.getTime() + MINUTE_MS);
      widthMs = Math.ceil(
        widthMs === undefined
          ? Math.max(
              MIN_WINDOW_MS,
              MINUTE_MS * Math.min(1, (4 * limit) / latest.requests),
            )
          : widthMs * WINDOW_GROWTH,
      );
      const lowerMs = Math.max(from.getTime(), upperMs - widthMs);
      found.push(
        ...(await listRequests(
          this.#knex,
          entityId,
          { ...filter, from: new Date(lowerMs), to: new Date(upperMs) },
          { after, limit: limit - found.length },
        )),
      );
      upperMs = lowerMs;
    }
    return found;
  }

  async #readGroups(
    entityId: number,
    { environment, groupBy, byKind = false }: RollupQuery,
    ids: readonly number[],
  ): Promise<Map<number, RollupGroup>> {
    if (groupBy === 'route') {
      const routes = await readRoutes(this.#knex, entityId, ids);
      return new Map(
        routes.map(({ id, method, route }) => {
          const key = `${method} ${route}`.trim();
          return [id, { key, label: key, method, route }];
        }),
      );
    }
    const instances = await readInstances(this.#knex, entityId, ids);
    const kinds = byKind
      ? await inferKinds(this.#knex, { entityId, environment }, instances)
      : undefined;
    return new Map(
      instances.map(({ id, instanceKey, zone }) => [
        id,
        {
          ...(groupBy === 'zone'
            ? { key: zone, label: zone || UNKNOWN, zone }
            : { key: instanceKey, label: instanceKey, zone }),
          ...(kinds && { kind: kinds.get(id) }),
        },
      ]),
    );
  }
}

/** Whether an index other than block ranges supports the filter. */
function isIndexed(filter: RequestFilter): boolean {
  return (
    filter.traceId !== undefined ||
    filter.errorsOnly === true ||
    (!!filter.statuses?.length &&
      filter.statuses.every(({ min }) => min >= 500))
  );
}

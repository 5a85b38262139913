import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import { listReportedEvents } from '../events/database/listReportedEvents';
import { listOngoing } from './database/listOngoing';
import {
  replaceFailovers,
  type FailoverChanges,
} from './database/replaceFailovers';
import type { DbReportedEventRow } from '../events/database/rows';
import type { FoundFailover } from './database/rows';
import { listLinkedResources } from '../fleet/database/listLinkedResources';
import { readActivities } from '../fleet/database/readActivities';
import { readCapacity } from '../fleet/database/readCapacity';
import { readDatabaseEvents } from '../fleet/database/readDatabaseEvents';
import { readGaps } from '../fleet/database/readGaps';
import { readTargetHistory } from '../fleet/database/readTargetHistory';
import { toStorable } from '../database/toStorable';
import { hasOwnSize, sumDesired } from '../fleet/healthSeries';
import type { RequestStore } from '../requests/types';
import { detectFailovers } from './detectFailovers';
import type { Deploy, DetectionInput, Episode } from './types';

/** Failovers detected within this time are detected again whenever something changes. */
const LOOKBACK_MS = 2 * 60 * MINUTE_MS;
/** Detection needs this much history from before the time it covers. */
const CONTEXT_MS = 60 * MINUTE_MS;

/** An environment of an entity. */
export interface FailoverScope {
  entityRef: string;
  environment: string;
}

/** Detects failovers in the stored history and stores them. */
export class FailoverMonitor {
  readonly #knex: Knex;
  readonly #store: RequestStore;
  readonly #logger: LoggerService;
  readonly #onChanged: (
    scope: FailoverScope,
    changes: FailoverChanges,
  ) => Promise<void>;

  constructor(options: {
    knex: Knex;
    store: RequestStore;
    logger: LoggerService;
    /** Called after the transaction has committed. */
    onChanged: (
      scope: FailoverScope,
      changes: FailoverChanges,
    ) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#logger = options.logger;
    this.#onChanged = options.onChanged;
  }

  /** Detects ongoing and recent failovers again, because their cost grows with the requests. */
  async revisit(): Promise<void> {
    const ongoing = await listOngoing(this.#knex, {
      recoveredSince: new Date(Date.now() - 10 * MINUTE_MS),
    });
    for (const { detectedAt, ...scope } of ongoing) {
      await this.check(scope, { since: detectedAt });
    }
  }

  /** Detects failovers of an environment since a time, by default in the last two hours. */
  async check(
    scope: FailoverScope,
    options: { since?: Date } = {},
  ): Promise<void> {
    try {
      const now = new Date();
      const usual = new Date(now.getTime() - LOOKBACK_MS);
      const since =
        options.since && options.since < usual ? options.since : usual;
      const found = await this.#find(scope, since, now);
      const changes = await replaceFailovers(this.#knex, {
        ...scope,
        since,
        found,
      });
      if (changes.changed) await this.#onChanged(scope, changes);
    } catch (error) {
      this.#logger.error(
        `Could not detect failovers of ${scope.entityRef}`,
        error as Error,
      );
    }
  }

  async #find(
    scope: FailoverScope,
    since: Date,
    now: Date,
  ): Promise<FoundFailover[]> {
    const input = await this.#readHistory(scope, since, now);
    // Includes failovers that began earlier, because an earlier failure may
    // have merged into one.
    const inRange = ({ recoveredAt }: Episode) =>
      recoveredAt === undefined || recoveredAt >= since.getTime();
    const withoutRequests = detectFailovers(input).filter(inRange);
    if (withoutRequests.length === 0) return [];
    // Loads only the requests around the episodes, which is usually a short
    // time.
    const from = Math.min(...withoutRequests.map(e => e.detectedAt));
    const to = Math.max(
      ...withoutRequests.map(e => e.recoveredAt ?? now.getTime()),
    );
    const requests = await this.#readRequests(
      scope,
      new Date(from - 25 * MINUTE_MS),
      new Date(Math.min(to + MINUTE_MS, now.getTime())),
    );
    return detectFailovers({ ...input, requests })
      .filter(inRange)
      .map(toFound);
  }

  async #readHistory(
    scope: FailoverScope,
    since: Date,
    now: Date,
  ): Promise<DetectionInput> {
    const resources = await listLinkedResources(this.#knex, scope);
    const range = {
      resourceIds: resources.map(r => r.resource_id),
      from: new Date(since.getTime() - CONTEXT_MS),
      to: new Date(now.getTime() + MINUTE_MS),
    };
    const [states, events, activities, capacity, gaps, deploys] =
      await Promise.all([
        readTargetHistory(this.#knex, range),
        readDatabaseEvents(this.#knex, range),
        readActivities(this.#knex, { ...range, limit: 5_000 }),
        readCapacity(this.#knex, range),
        readGaps(this.#knex, {
          ...range,
          parts: ['targets', 'database-events'],
        }),
        listReportedEvents(this.#knex, {
          ...scope,
          ...range,
          kinds: ['deploy'],
        }),
      ]);
    const byId = new Map(resources.map(r => [r.resource_id, r]));
    return {
      targets: states.map(row => ({
        resourceId: byId.get(row.resource_id)!.external_id,
        targetId: row.target_key,
        instanceId: row.instance_key ?? undefined,
        zone: row.zone ?? undefined,
        at: row.at,
        state: row.state,
        reasonCode: row.reason_code ?? undefined,
        reason: row.reason ?? undefined,
      })),
      activities: activities.map(({ activity }) => activity),
      databaseEvents: events.map(row => ({
        resourceId: byId.get(row.resource_id)!.external_id,
        resourceName: byId.get(row.resource_id)!.name,
        eventId: row.event_key,
        at: row.at,
        kind: row.kind,
        message: row.message,
        coded: row.coded ?? undefined,
        planned: row.planned ?? undefined,
        fromZone: row.from_zone ?? undefined,
        toZone: row.to_zone ?? undefined,
      })),
      desired: sumDesired(capacity),
      own: new Map(
        resources.filter(hasOwnSize).map(resource => [
          resource.external_id,
          {
            activities: activities
              .filter(row => row.resourceId === resource.resource_id)
              .map(({ activity }) => activity),
            desired: sumDesired(
              capacity.filter(row => row.resource_id === resource.resource_id),
            ),
          },
        ]),
      ),
      healthChecks: new Map(
        resources.flatMap(({ external_id: id, snapshot }) =>
          snapshot.healthCheck ? [[id, snapshot.healthCheck]] : [],
        ),
      ),
      gaps,
      deploys: deploys.map(toDeploy),
      until: now,
    };
  }

  async #readRequests(
    scope: FailoverScope,
    from: Date,
    to: Date,
  ): Promise<DetectionInput['requests']> {
    const { rows, stepMs } = await this.#store.readRollups({
      ...scope,
      from,
      to,
      groupBy: 'instance',
      stepMs: MINUTE_MS,
    });
    return {
      stepMs,
      samples: rows.map(row => ({
        t: row.bucket,
        instanceId: row.key,
        zone: row.zone || undefined,
        requests: row.requests,
        errors: row.errors,
      })),
    };
  }
}

function toDeploy(row: DbReportedEventRow): Deploy {
  const { body } = row;
  return {
    at: row.at,
    endedAt: row.ended_at ?? undefined,
    ...(body.kind === 'deploy' && {
      status: body.status,
      version: body.version,
    }),
  };
}

function toFound(episode: Episode): FoundFailover {
  const { startedAt, detectedAt, recoveredAt } = episode;
  const iso = (at: number | undefined) =>
    at === undefined ? undefined : new Date(at).toISOString();
  return toStorable({
    summary: {
      subject: episode.subject,
      cause: episode.cause,
      planned: episode.planned,
      ongoing: recoveredAt === undefined,
      startedAt: iso(startedAt)!,
      detectedAt: iso(detectedAt)!,
      shiftedAt: iso(episode.shiftedAt),
      recoveredAt: iso(recoveredAt),
      // Where the beginning equals the detection, no earlier evidence exists:
      // the time to detect is unknown.
      timeToDetectMs:
        startedAt < detectedAt ? detectedAt - startedAt : undefined,
      timeToRecoverMs:
        recoveredAt === undefined ? undefined : recoveredAt - startedAt,
      flaps: episode.flaps,
      impact: episode.impact,
      missingData: episode.missingData,
    },
    steps: episode.steps,
    failures: episode.failures.map(({ key, from, to }) => ({
      key,
      from: iso(from)!,
      to: iso(to),
    })),
  });
}

import {
  groupBy,
  autoStepMs,
  type AlarmStatus,
  type FleetPart,
  type Health,
  type Metrics,
  type MissingMetric,
  type Scaling,
  type ScalingActivityPage,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import {
  countActivities,
  readActivities,
  type ActivityPosition,
} from './database/readActivities';
import { countTargetsNow } from './database/countTargetsNow';
import { readLastActivities } from './database/readLastActivities';
import { readCapacity } from './database/readCapacity';
import { readGaps } from './database/readGaps';
import { readInstances } from './database/readInstances';
import { ofMetricSet } from './ofMetricSet';
import { readMetrics } from './database/readMetrics';
import { readHealthHistory } from './database/readTargetHistory';
import type { DbLinkedResourceRow } from './database/rows';
import { decodeCursor, encodeCursor } from '../http/cursor';
import type { CallOptions, RangeQuery } from '../http/types';
import { buildHealthGroup } from './buildHealth';
import {
  buildScalingGroup,
  hasActivities,
  toActivityRecord,
  toMetricSeries,
} from './buildScaling';
import { buildTransitions } from './buildTransitions';
import { lastReadAt, type FleetFreshness } from './FleetFreshness';
import { chooseHealthGroups } from './chooseHealthGroups';
import type { FleetStateService } from './FleetStateService';
import { capacityBehind, sumDesired } from './healthSeries';
import { openFleet, type OpenedFleet, type OpenFleetDeps } from './openFleet';
import { mergeActivities } from './mergeActivities';

const MAX_TRANSITIONS = 500;

/** Serves the fleet from the database. */
export class DefaultFleetStateService implements FleetStateService {
  readonly #knex: Knex;
  readonly #deps: OpenFleetDeps;
  readonly #freshness: FleetFreshness;

  constructor(options: OpenFleetDeps & { freshness: FleetFreshness }) {
    this.#knex = options.knex;
    this.#deps = options;
    this.#freshness = options.freshness;
  }

  async getHealth(
    query: Parameters<FleetStateService['getHealth']>[0],
    options: CallOptions,
  ): Promise<Health> {
    const { frame, fleet } = await this.#open(query, options, ['targets']);
    const { resources } = fleet;
    const { listed, others } = await this.#chooseGroups(
      resources.filter(
        resource =>
          resource.snapshot.hasTargets || resource.type === 'target-group',
      ),
      query.maxGroups,
    );
    const range = { from: query.from, to: query.to };
    const ofListed = { ...range, resourceIds: listed.map(r => r.resource_id) };
    const resourceIds = resources.map(r => r.resource_id);
    const [{ states, lostZones }, gaps, capacity, instances] =
      await Promise.all([
        readHealthHistory(this.#knex, ofListed),
        readGaps(this.#knex, { ...ofListed, parts: ['targets'] }),
        readCapacity(this.#knex, { ...range, resourceIds }),
        readInstances(
          this.#knex,
          resources.filter(r => r.snapshot.group).map(r => r.resource_id),
        ),
      ]);
    const now = new Date();
    const statesOf = groupBy(states, row => row.resource_id);
    const byId = new Map(resources.map(r => [r.resource_id, r]));
    const transitions = buildTransitions(
      states,
      new Map(listed.map(r => [r.resource_id, r])),
      query,
      MAX_TRANSITIONS,
    );
    return {
      ...frame,
      groups: listed.map(resource => {
        const own = statesOf.get(resource.resource_id) ?? [];
        return buildHealthGroup({
          resource,
          states: own,
          gaps: gaps.filter(gap => gap.resourceId === resource.resource_id),
          desired: sumDesired(
            capacityBehind(resource, own, instances, capacity),
          ),
          lostZones: lostZones.filter(
            zone => zone.resourceId === resource.resource_id,
          ),
          range: query,
          now,
          freshness: this.#freshness,
        });
      }),
      otherGroups: others.length > 0 ? others : undefined,
      instances: instances.map(row => ({
        instanceId: row.instance_key,
        zone: row.zone ?? undefined,
        state: row.state as Health['instances'][number]['state'],
        vendorState: row.vendor_state ?? undefined,
        instanceType: row.instance_type ?? undefined,
        launchedAt: row.launched_at?.toISOString(),
        resourceId: byId.get(row.resource_id)?.external_id,
      })),
      transitions: transitions.items,
      transitionsTotal: transitions.total,
      notices: fleet.notices,
    };
  }

  async getScaling(query: RangeQuery, options: CallOptions): Promise<Scaling> {
    const { frame, fleet } = await this.#open(query, options, ['capacity']);
    const { resources } = fleet;
    const groups = resources.filter(resource => resource.snapshot.group);
    const ids = groups.map(r => r.resource_id);
    const range = { resourceIds: ids, from: query.from, to: query.to };
    const seriesIds = groups.flatMap(({ snapshot }) =>
      (snapshot.group?.policies ?? []).flatMap(({ metricSeriesId }) =>
        metricSeriesId ? [metricSeriesId] : [],
      ),
    );
    const stepMs = autoStepMs(query.to.getTime() - query.from.getTime());
    const [capacity, counts, last, metrics] = await Promise.all([
      readCapacity(this.#knex, range),
      countActivities(this.#knex, range),
      readLastActivities(this.#knex, { resourceIds: ids, before: query.to }),
      readMetrics(this.#knex, {
        ...range,
        resourceIds: resources.map(r => r.resource_id),
        seriesIds,
        stepMs,
      }),
    ]);
    const capacityOf = groupBy(capacity, row => row.resource_id);
    const now = new Date();
    return {
      ...frame,
      groups: groups.flatMap(resource => {
        const wanted = new Set(
          resource.snapshot.group?.policies?.map(p => p.metricSeriesId),
        );
        const group = buildScalingGroup({
          resource,
          capacity: capacityOf.get(resource.resource_id) ?? [],
          counts: counts.get(resource.resource_id),
          last: last.get(resource.resource_id),
          drivers: toMetricSeries(
            metrics.filter(({ seriesId }) => wanted.has(seriesId)),
            resources,
            stepMs,
          ),
          range: query,
          now,
          freshness: this.#freshness,
        });
        return group ? [group] : [];
      }),
      alarms: resources.flatMap(alarmsOf),
      notices: fleet.notices,
    };
  }

  async listActivities(
    query: Parameters<FleetStateService['listActivities']>[0],
    options: CallOptions,
  ): Promise<ScalingActivityPage> {
    const { frame, fleet } = await this.#open(query, options, ['activities']);
    const resources = fleet.resources.filter(
      ({ name }) => !query.resource || name === query.resource,
    );
    const filter = {
      resourceIds: resources.map(r => r.resource_id),
      from: query.from,
      to: query.to,
      statuses: query.statuses,
      causes: query.causes,
    };
    const [rows, counts] = await Promise.all([
      readActivities(this.#knex, {
        ...filter,
        after: query.cursor
          ? decodeCursor(query.cursor, activityPosition)
          : undefined,
        limit: query.limit + 1,
      }),
      countActivities(this.#knex, filter),
    ]);
    const items = rows.slice(0, query.limit);
    const last = items.at(-1)?.activity;
    const known = await this.#haveActivities(resources, counts);
    const { availability: _, ...page } = frame;
    return {
      ...page,
      items: mergeActivities(items).map(({ resourceId, activity }) =>
        toActivityRecord(
          activity,
          resources.find(r => r.resource_id === resourceId)!,
        ),
      ),
      nextCursor:
        rows.length > query.limit
          ? encodeCursor([last!.startedAt, last!.activityId])
          : undefined,
      total: known
        ? [...counts.values()].reduce((sum, { total }) => sum + total, 0)
        : undefined,
    };
  }

  async getMetrics(
    query: RangeQuery & { set?: string },
    options: CallOptions,
  ): Promise<Metrics> {
    const { frame, fleet } = await this.#open(query, options, ['metrics']);
    const resources = ofMetricSet(fleet.resources, query.set);
    const stepMs = autoStepMs(query.to.getTime() - query.from.getTime());
    const points = await readMetrics(this.#knex, {
      resourceIds: resources.map(r => r.resource_id),
      seriesIds: [
        ...new Set(
          resources.flatMap(r => Object.keys(r.snapshot.metricSeries ?? {})),
        ),
      ],
      from: query.from,
      to: query.to,
      stepMs,
    });
    const series = toMetricSeries(points, resources, stepMs);
    const types = [...new Set(resources.map(({ type }) => type))];
    return {
      ...frame,
      sets: types.flatMap(type => {
        const ids = new Set(
          resources.filter(r => r.type === type).map(r => r.external_id),
        );
        const own = series.filter(({ resourceId }) => ids.has(resourceId));
        return own.length > 0
          ? [{ id: type, title: titleOfType(type), series: own }]
          : [];
      }),
      missing: resources.flatMap(resource => missingOf(resource, query.to)),
      notices: fleet.notices,
    };
  }

  async #chooseGroups(
    resources: readonly DbLinkedResourceRow[],
    maxGroups = Number.POSITIVE_INFINITY,
  ) {
    if (resources.length <= maxGroups) {
      return { listed: [...resources], others: [] };
    }
    const counts = await countTargetsNow(
      this.#knex,
      resources.map(r => r.resource_id),
    );
    const freshness = this.#freshness;
    return chooseHealthGroups(resources, counts, { maxGroups, freshness });
  }

  /** Whether the activities of all groups have been read at least once. */
  async #haveActivities(
    resources: readonly DbLinkedResourceRow[],
    counts: Awaited<ReturnType<typeof countActivities>>,
  ): Promise<boolean> {
    const open = resources.filter(
      resource =>
        resource.snapshot.group &&
        !hasActivities(resource, { counts: counts.get(resource.resource_id) }),
    );
    if (open.length === 0) return true;
    const last = await readLastActivities(this.#knex, {
      resourceIds: open.map(r => r.resource_id),
      before: new Date(),
    });
    return open.every(resource =>
      hasActivities(resource, { last: last.get(resource.resource_id) }),
    );
  }

  #open(
    query: RangeQuery,
    options: CallOptions,
    parts: readonly FleetPart[],
  ): Promise<OpenedFleet> {
    return openFleet(this.#deps, { ...query, ...options, parts });
  }
}

/** What is missing now says nothing about a range in the past. */
function missingOf(
  { snapshot, external_id: resourceId, name }: DbLinkedResourceRow,
  to: Date,
): MissingMetric[] {
  const readAt = lastReadAt(snapshot, 'metrics');
  if (!readAt || readAt > to) return [];
  return (snapshot.missingMetrics ?? []).map(missing => ({
    ...missing,
    resourceId,
    resourceName: name,
  }));
}

function alarmsOf(resource: DbLinkedResourceRow): AlarmStatus[] {
  return (resource.snapshot.alarms ?? []).map(alarm => ({
    ...alarm,
    resourceId: resource.external_id,
  }));
}

/** `target-group` → `Target group`, `db-cluster` → `Database cluster`. */
function titleOfType(type: string): string {
  const words = type
    .replaceAll('-', ' ')
    .replace(/^db\b/, 'database')
    .replace(/^ecs\b/, 'ECS');
  return `${words.charAt(0).toLocaleUpperCase('en-US')}${words.slice(1)}`;
}

function activityPosition(
  startedAt: string,
  activityId: string,
): ActivityPosition | undefined {
  const at = new Date(startedAt);
  return Number.isNaN(at.getTime()) ? undefined : { startedAt: at, activityId };
}

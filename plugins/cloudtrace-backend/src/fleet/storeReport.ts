import type {
  AlarmTransition,
  FleetCapacity,
  FleetPart,
  FleetReport,
  ScalingActivity,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { beginReport, type ReportStart } from './database/beginReport';
import { finishReport } from './database/finishReport';
import { recordActivities } from './database/recordActivities';
import { recordActivityEnds } from './database/recordActivityEnds';
import { recordAlarmTransitions } from './database/recordAlarmTransitions';
import { recordCapacity } from './database/recordCapacity';
import { recordDatabaseEvents } from './database/recordDatabaseEvents';
import { recordGaps, type PartGap } from './database/recordGaps';
import { recordInstances } from './database/recordInstances';
import { recordMetrics } from './database/recordMetrics';
import { recordTargets } from './database/recordTargets';
import type {
  DbCapacityRow,
  DbTargetStateRow,
  ResourceSnapshot,
} from './database/rows';
import { toStorable } from '../database/toStorable';
import { isComplete } from './isComplete';
import { lastReadAt } from './FleetFreshness';
import { readingsOf } from './readingsOf';
import { withoutOlderParts } from './withoutOlderParts';

/** What a report changed in the stored history. */
export interface ReportChanges {
  resourceId: number;
  /** Whether this is the first report, which contains no news. */
  first: boolean;
  targets: DbTargetStateRow[];
  activities: Array<ScalingActivity & { isNew: boolean }>;
  alarms: AlarmTransition[];
  capacity?: { now: DbCapacityRow; before?: DbCapacityRow };
  databaseEvents: number;
  /** Whether open pages have something new to show. */
  visible: boolean;
}

/** A report that was stored. */
export interface StoredReport {
  changes: ReportChanges;
  /** Differs for each report that is stored. */
  revision: string;
  /** When each part was last read. */
  readAtMs: Map<FleetPart, number>;
}

/**
 * Stores a report in one transaction. Only changes are added to the history, so
 * a report that is stored twice, or by two replicas, counts once. Parts that
 * are not in the report keep their last known state.
 *
 * @returns What was stored; `undefined` if nothing was read or a newer report is
 * already stored
 */
export async function storeReport(
  knex: Knex,
  resourceId: number,
  untrusted: FleetReport,
  options: {
    /** If a part is not read for longer than this, its history has a gap. */
    maxAgeMs(part: FleetPart): number;
  },
): Promise<StoredReport | undefined> {
  const received = toStorable(untrusted);
  const observedAt = new Date(received.observedAt);
  if (Number.isNaN(observedAt.getTime())) {
    throw new Error(
      `Invalid observation time in a report: '${received.observedAt}'`,
    );
  }
  const readings = readingsOf(received);
  if (readings.size === 0) return undefined;
  return knex.transaction(async tx => {
    const start = await beginReport(tx, resourceId, observedAt);
    if (!start) return undefined;
    const current = currentReadings(start, readings);
    if (current.size === 0) return undefined;
    const report = withoutOlderParts(
      received,
      part => readings.has(part) && !current.has(part),
    );
    const news = newReadings(start, current);
    await recordGaps(
      tx,
      resourceId,
      gapsBefore(start, news, part => options.maxAgeMs(part)),
    );
    const snapshot = mergeSnapshot(start.snapshot, report, news);
    const changes = await recordParts(tx, {
      resourceId,
      report,
      start,
      capacity: report.group && snapshot.group?.capacity,
      observedAt,
      maxAgeMs: part => options.maxAgeMs(part),
    });
    if (report.metrics) {
      await recordMetrics(tx, [{ resourceId, series: report.metrics }]);
    }
    // Cached data of a provider that is unchanged is not a reading.
    if (news.size === 0 && !changes.visible) return undefined;
    const revision = randomUUID();
    await finishReport(tx, {
      resourceId,
      observedAt,
      snapshot: { ...snapshot, revision },
      complete: isComplete(report),
    });
    return { changes, revision, readAtMs: readTimesOf(snapshot) };
  });
}

/** Stores the parts of a report that have a history. */
async function recordParts(
  tx: Knex.Transaction,
  options: {
    resourceId: number;
    report: FleetReport;
    start: ReportStart;
    capacity?: FleetCapacity;
    observedAt: Date;
    maxAgeMs(part: FleetPart): number;
  },
): Promise<ReportChanges> {
  const { resourceId, report, start, capacity, observedAt } = options;
  const targets = report.targets
    ? await recordTargets(tx, resourceId, report.targets, observedAt)
    : [];
  const instancesChanged = report.instances
    ? await recordInstances(tx, resourceId, report.instances, observedAt)
    : false;
  const capacityChange =
    capacity && (await recordCapacity(tx, resourceId, capacity, observedAt));
  const described = report.activities
    ? await recordActivities(tx, resourceId, report.activities)
    : [];
  const ended = await recordActivityEnds(tx, {
    resourceId,
    ends: report.activityEnds ?? [],
    watchedUntil:
      start.observedAt &&
      new Date(start.observedAt.getTime() + options.maxAgeMs('activities')),
  });
  const activities = [...described, ...ended];
  const alarms = await recordAlarmTransitions(
    tx,
    resourceId,
    report.alarmTransitions ?? alarmChanges(start.snapshot, report, observedAt),
  );
  const databaseEvents = report.databaseEvents
    ? await recordDatabaseEvents(tx, resourceId, report.databaseEvents)
    : 0;
  const first = !start.observedAt;
  return {
    resourceId,
    first,
    targets,
    activities,
    alarms,
    capacity: capacityChange,
    databaseEvents,
    visible:
      first ||
      targets.length > 0 ||
      activities.length > 0 ||
      alarms.length > 0 ||
      databaseEvents > 0 ||
      capacityChange !== undefined ||
      instancesChanged,
  };
}

/**
 * Parts that are not older than what is stored. A part that is read from
 * several sources can change while its time, that of the slowest source, stays
 * the same.
 */
function currentReadings(
  { snapshot }: ReportStart,
  readings: ReadonlyMap<FleetPart, Date>,
): Map<FleetPart, Date> {
  return new Map(
    [...readings].filter(([part, at]) => {
      const before = lastReadAt(snapshot, part);
      return before === undefined || at >= before;
    }),
  );
}

/** Parts that were read since they were last stored. */
function newReadings(
  { snapshot }: ReportStart,
  readings: ReadonlyMap<FleetPart, Date>,
): Map<FleetPart, Date> {
  return new Map(
    [...readings].filter(
      ([part, at]) => at.getTime() !== lastReadAt(snapshot, part)?.getTime(),
    ),
  );
}

/** Returns the gaps in the history of parts that were read now. */
function gapsBefore(
  start: ReportStart,
  readings: ReadonlyMap<FleetPart, Date>,
  maxAgeMs: (part: FleetPart) => number,
): PartGap[] {
  return [...readings].flatMap(([part, to]) => {
    // Earlier versions stored only when anything was read.
    const from = start.snapshot.readAt
      ? lastReadAt(start.snapshot, part)
      : start.observedAt;
    return from && to.getTime() - from.getTime() > maxAgeMs(part)
      ? [{ part, from, to }]
      : [];
  });
}

/** Alarm transitions for providers that report states only. */
function alarmChanges(
  before: ResourceSnapshot,
  { alarms = [] }: FleetReport,
  observedAt: Date,
): AlarmTransition[] {
  const states = new Map(before.alarms?.map(a => [a.name, a.state]));
  return alarms.flatMap(alarm => {
    const from = states.get(alarm.name);
    if (from === undefined || from === alarm.state) return [];
    return [
      {
        alarmName: alarm.name,
        at: alarm.since ?? observedAt.toISOString(),
        from,
        to: alarm.state,
        reason: alarm.reason,
      },
    ];
  });
}

/** Properties of a group that a report does not contain keep their last known values. */
function mergeGroup(
  before: ResourceSnapshot['group'],
  group: FleetReport['group'],
): ResourceSnapshot['group'] {
  if (!group) return before;
  return {
    ...group,
    capacity: {
      ...group.capacity,
      min: group.capacity.min ?? before?.capacity.min,
      max: group.capacity.max ?? before?.capacity.max,
    },
    policies: group.policies ?? before?.policies,
    scheduledActions: group.scheduledActions ?? before?.scheduledActions,
    suspendedProcesses: group.suspendedProcesses ?? before?.suspendedProcesses,
  };
}

function mergeSnapshot(
  before: ResourceSnapshot,
  report: FleetReport,
  readings: ReadonlyMap<FleetPart, Date>,
): ResourceSnapshot {
  const metricSeries = { ...before.metricSeries };
  for (const { times: _, values: __, ...series } of report.metrics ?? []) {
    metricSeries[series.seriesId] = series;
  }
  return {
    group: mergeGroup(before.group, report.group),
    healthCheck:
      report.healthCheck === undefined
        ? before.healthCheck
        : report.healthCheck ?? undefined,
    alarms: report.alarms ?? before.alarms,
    metricSeries,
    missingMetrics: report.metrics
      ? report.missingMetrics
      : before.missingMetrics,
    hasTargets: before.hasTargets || report.targets !== undefined,
    hasActivities:
      before.hasActivities ||
      (report.activities !== undefined &&
        !report.incomplete?.includes('activities')),
    readAt: {
      ...before.readAt,
      ...Object.fromEntries(
        [...readings].map(([part, at]) => [part, at.toISOString()]),
      ),
    },
  };
}

function readTimesOf({ readAt = {} }: ResourceSnapshot) {
  return new Map(
    Object.entries(readAt).map(([part, at]) => [
      part as FleetPart,
      Date.parse(at),
    ]),
  );
}

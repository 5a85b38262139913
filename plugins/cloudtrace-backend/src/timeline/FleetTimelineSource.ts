import {
  describeActivity,
  explainTarget,
  failoverTitle,
  messageOf,
  wordTexts,
  type CodedMessage,
  type DatabaseEvent,
  type EventSeverity,
  type FailoverSummary,
  type JudgementCode,
  type MessageValue,
  type ScalingActivity,
  type TimelineEvent,
  type Wording,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { listFailovers } from '../failover/database/listFailovers';
import { listLinkedResources } from '../fleet/database/listLinkedResources';
import { readActivities } from '../fleet/database/readActivities';
import { readAlarmTransitions } from '../fleet/database/readAlarmTransitions';
import { readDatabaseEvents } from '../fleet/database/readDatabaseEvents';
import {
  readHealthChanges,
  type HealthChangeRow,
} from '../fleet/database/readHealthChanges';
import type {
  DbAlarmTransitionRow,
  DbDatabaseEventRow,
  DbFleetResourceRow,
} from '../fleet/database/rows';
import { mergeActivities } from '../fleet/mergeActivities';
import type { TimelineScope, TimelineSource } from './types';

/** Events of scaling, health, alarms, databases and failovers. */
export class FleetTimelineSource implements TimelineSource {
  readonly part = 'fleet';
  readonly #knex: Knex;

  constructor(options: { knex: Knex }) {
    this.#knex = options.knex;
  }

  async events(scope: TimelineScope): Promise<TimelineEvent[]> {
    const resources = await listLinkedResources(this.#knex, scope);
    const byId = new Map(resources.map(r => [r.resource_id, r]));
    const range = { ...scope, resourceIds: [...byId.keys()] };
    const wanted = (kind: TimelineEvent['kind']) =>
      !scope.kinds || scope.kinds.includes(kind);
    const [activities, states, alarms, databaseEvents, failovers] =
      await Promise.all([
        wanted('scaling')
          ? readActivities(this.#knex, { ...range, limit: 5_000 })
          : [],
        wanted('health') ? readHealthChanges(this.#knex, range) : [],
        wanted('alarm') ? readAlarmTransitions(this.#knex, range) : [],
        wanted('database') ? readDatabaseEvents(this.#knex, range) : [],
        wanted('failover') ? listFailovers(this.#knex, scope) : [],
      ]);
    return [
      ...mergeActivities(activities).map(({ resourceId, activity }) =>
        toScalingEvent(activity, byId.get(resourceId)!),
      ),
      ...states.flatMap(row => describeState(row, byId.get(row.resource_id)!)),
      ...alarms.map(row => describeAlarm(row, byId.get(row.resource_id)!)),
      ...databaseEvents.map(row =>
        describeDatabase(row, byId.get(row.resource_id)!),
      ),
      ...failovers.map(({ summary }) => describeFailover(summary)),
    ];
  }
}

function toScalingEvent(
  activity: ScalingActivity,
  resource: DbFleetResourceRow,
): TimelineEvent {
  const failed = activity.status === 'failed';
  const what = describeActivity(activity);
  return {
    id: `scaling:${resource.resource_id}:${activity.activityId}`,
    at: new Date(activity.startedAt).toISOString(),
    endedAt: activity.endedAt && new Date(activity.endedAt).toISOString(),
    kind: 'scaling',
    severity: failed ? 'critical' : 'info',
    ...wordTexts({
      title: failed ? { code: 'scaling-failed', values: { what } } : what,
      detail: failed ? activity.message : activity.description,
    }),
    subject: activity.instanceIds?.join(', ') || resource.name,
    resourceId: resource.external_id,
  };
}

/** Only relevant changes: a target became unhealthy, recovered, or is not measured. */
function describeState(
  row: HealthChangeRow,
  resource: DbFleetResourceRow,
): TimelineEvent[] {
  const subject = row.instance_key ?? row.target_key;
  const event = (
    severity: EventSeverity,
    code: JudgementCode,
    detail?: MessageValue,
  ): TimelineEvent[] => [
    {
      id: `health:${row.resource_id}:${row.target_key}:${row.at.getTime()}`,
      at: row.at.toISOString(),
      kind: 'health',
      severity,
      ...wordTexts({ title: { code, values: { target: subject } }, detail }),
      subject,
      zone: row.zone ?? undefined,
      resourceId: resource.external_id,
    },
  ];
  if (row.state === row.from_state) return [];
  // Not measured is neither healthy nor failed.
  if (row.state === 'unavailable') {
    return event('warning', 'health-lost');
  }
  if (row.state === 'unhealthy') {
    const reason = explainTarget({
      state: row.state,
      reasonCode: row.reason_code ?? undefined,
      reason: row.reason ?? undefined,
    });
    return event('critical', 'became-unhealthy', messageOf(reason, 'summary'));
  }
  if (row.state === 'healthy' && row.from_state === 'unavailable') {
    return event('success', 'health-measured');
  }
  if (row.state === 'healthy' && row.from_state === 'unhealthy') {
    return event('success', 'healthy-again');
  }
  if (row.state === 'gone' && row.from_state === 'unhealthy') {
    return event('info', 'taken-out');
  }
  return [];
}

const ALARM_CODES: Record<string, JudgementCode> = {
  ok: 'alarm-ok',
  alarm: 'alarm-raised',
  'insufficient-data': 'alarm-insufficient-data',
};

function describeAlarm(
  row: DbAlarmTransitionRow,
  resource: DbFleetResourceRow,
): TimelineEvent {
  const severities: Record<string, EventSeverity> = {
    alarm: 'warning',
    ok: 'success',
  };
  return {
    id: `alarm:${row.resource_id}:${row.alarm_name}:${row.at.getTime()}`,
    at: row.at.toISOString(),
    kind: 'alarm',
    severity: severities[row.to_state] ?? 'info',
    ...wordTexts({
      title: {
        code: ALARM_CODES[row.to_state] ?? 'alarm-unknown',
        values: { alarm: row.alarm_name },
      },
      detail: row.coded?.reason ?? row.reason ?? undefined,
    }),
    subject: row.alarm_name,
    resourceId: resource.external_id,
  };
}

/** Events of an unknown kind have only their message. */
function wordDatabase(
  row: DbDatabaseEventRow,
  database: string,
): { title: CodedMessage; detail?: Wording } {
  const message = row.coded?.message ?? row.message;
  if (row.kind !== 'other') {
    const kind = row.kind as KnownDatabaseEvent;
    return {
      title: { code: `database-${kind}`, values: { database } },
      detail: message,
    };
  }
  return {
    title: {
      code: row.coded?.message ? 'database-other' : 'database-quote',
      values: { database, message },
    },
  };
}

type KnownDatabaseEvent = Exclude<DatabaseEvent['kind'], 'other'>;

function describeDatabase(
  row: DbDatabaseEventRow,
  resource: DbFleetResourceRow,
): TimelineEvent {
  const grave = ['failover-started', 'unavailable', 'restart'];
  const good = ['failover-completed', 'available'];
  return {
    id: `database:${row.resource_id}:${row.event_key}`,
    at: row.at.toISOString(),
    kind: 'database',
    severity:
      (good.includes(row.kind) && 'success') ||
      (grave.includes(row.kind) && row.planned !== true ? 'warning' : 'info'),
    ...wordTexts(wordDatabase(row, resource.name)),
    subject: resource.name,
    zone: row.to_zone ?? row.from_zone ?? undefined,
    resourceId: resource.external_id,
  };
}

function describeFailover(failover: FailoverSummary): TimelineEvent {
  const { subject, cause } = failover;
  return {
    id: `failover:${failover.failoverId}`,
    at: failover.startedAt,
    endedAt: failover.recoveredAt,
    kind: 'failover',
    severity: failover.planned === 'yes' ? 'info' : 'critical',
    ...wordTexts({
      title: failoverTitle(subject),
      detail: messageOf(cause, 'summary'),
    }),
    subject: subject.label,
    zone: subject.zone,
    failoverId: failover.failoverId,
    resourceId: subject.resourceId,
  };
}

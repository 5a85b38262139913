import type { AlarmHistoryItem, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type {
  AlarmState,
  AlarmTransition,
  FleetAlarm,
  FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { consoleUrl } from '../locate/consoleUrl';
import {
  type AlarmBreach,
  comparisonSign,
  parseJson,
  parseReasonData,
  plainUnit,
} from './alarmBreach';
import { chunk } from './chunk';
import { type CollectContext, groupBy, listFor } from './CollectContext';
import type { KnownAlarm } from './RegionMemory';

const NAMES_PER_CALL = 100;
/** More changed alarms than this are read with one list of the account. */
const BY_NAME_LIMIT = 5;
const HISTORY_PAGES = 10;

/** Which resources an alarm belongs to. */
type Owners = Map<string, Set<string>>;

/** What the history says about breaches, newest first per alarm. */
export type Breaches = Map<string, AlarmBreach[]>;

/**
 * Reads the alarms of policies, those with the tag and those with a configured
 * prefix, and the history of the ones that changed since the last look.
 */
export async function collectAlarms(
  ctx: CollectContext,
  policyAlarms: Map<string, string[]>,
  taggedAlarmNames: string[],
): Promise<Breaches> {
  const owners: Owners = new Map();
  const own = (name: string, resourceId: string) => {
    owners.set(name, (owners.get(name) ?? new Set()).add(resourceId));
  };
  for (const [resourceId, names] of policyAlarms) {
    names.forEach(name => own(name, resourceId));
  }
  const wanted = [...new Set([...owners.keys(), ...taggedAlarmNames])];
  const alarms = [
    ...(await describeByName(ctx, wanted, owners)),
    ...(await describeByPrefix(ctx)),
  ];
  const watched = resourcesByDimension(ctx.resources);
  const known = alarms.map(alarm => mapAlarm(ctx, alarm));
  for (const alarm of known) {
    ctx.memory.alarms.set(alarm.name, alarm);
    const watches = watched(alarm.dimensions);
    if (watches) own(alarm.name, watches.id);
    const [owner] = owners.get(alarm.name) ?? [];
    if (owner) ctx.memory.ownerOf.set(alarm.arn, owner);
  }
  const changed = known.filter(
    alarm =>
      owners.has(alarm.name) &&
      alarm.since !== ctx.memory.alarmsReadUpTo.get(alarm.name),
  );
  const history = await readHistory(ctx, changed, owners);
  report(ctx, known, history, owners);
  return new Map(
    [...history].map(([name, items]) => [name, items.flatMap(breachOf)]),
  );
}

async function describeByName(
  ctx: CollectContext,
  names: string[],
  owners: Owners,
): Promise<MetricAlarm[]> {
  const answers = await Promise.all(
    chunk(names, NAMES_PER_CALL).map(batch => {
      const ids = new Set(batch.flatMap(name => [...(owners.get(name) ?? [])]));
      return ctx.reports.attempt(ids, () =>
        listFor(ctx, ids, awsCalls.describeAlarms, {
          AlarmNames: batch,
          MaxRecords: NAMES_PER_CALL,
        }),
      );
    }),
  );
  return answers.flatMap(answer => answer ?? []);
}

async function describeByPrefix(ctx: CollectContext): Promise<MetricAlarm[]> {
  const prefixes = new Set<string>();
  for (const template of ctx.config.alarmNamePrefixes) {
    if (!template.includes('{name}')) prefixes.add(template);
    else {
      for (const { name } of ctx.resources) {
        prefixes.add(template.replaceAll('{name}', name));
      }
    }
  }
  const ids = ctx.resources.map(r => r.id);
  const answers = await Promise.all(
    [...prefixes].map(AlarmNamePrefix =>
      ctx.reports.attempt(ids, () =>
        listFor(ctx, ids, awsCalls.describeAlarms, {
          AlarmNamePrefix,
          MaxRecords: NAMES_PER_CALL,
        }),
      ),
    ),
  );
  return answers.flatMap(answer => answer ?? []);
}

/** Finds the resource that a metric's dimensions name. */
export function resourcesByDimension(resources: FleetResource[]) {
  const byKey = new Map<string, FleetResource>();
  for (const resource of resources) {
    const suffix = resource.id.slice(resource.id.lastIndexOf(':') + 1);
    byKey.set(`${resource.type}\n${resource.name}`, resource);
    byKey.set(`${resource.type}\n${suffix}`, resource);
  }
  const find = (type: string, value: string | undefined) =>
    value === undefined ? undefined : byKey.get(`${type}\n${value}`);
  return (d: Record<string, string>): FleetResource | undefined =>
    find('auto-scaling-group', d.AutoScalingGroupName) ??
    find('target-group', d.TargetGroup) ??
    find('db-instance', d.DBInstanceIdentifier) ??
    find('db-cluster', d.DBClusterIdentifier) ??
    find(
      'ecs-service',
      d.ServiceName && d.ClusterName && `${d.ClusterName}/${d.ServiceName}`,
    ) ??
    find('load-balancer', d.LoadBalancer && `loadbalancer/${d.LoadBalancer}`);
}

function mapAlarm(ctx: CollectContext, alarm: MetricAlarm): KnownAlarm {
  const name = alarm.AlarmName ?? '';
  const arn = alarm.AlarmArn ?? name;
  const since = (
    alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp
  )?.toISOString();
  const sign = comparisonSign(alarm.ComparisonOperator);
  return {
    name,
    arn,
    state: alarmState(alarm.StateValue),
    since,
    reason: alarm.StateReason,
    metricName: alarm.MetricName,
    comparison: sign ?? alarm.ComparisonOperator,
    sign,
    threshold: alarm.Threshold,
    unit: plainUnit(alarm.Unit),
    namespace: alarm.Namespace,
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic,
    periodMs: alarm.Period === undefined ? undefined : alarm.Period * 1000,
    dimensions: Object.fromEntries(
      (alarm.Dimensions ?? []).map(d => [d.Name ?? '', d.Value ?? '']),
    ),
    breach: since ? parseReasonData(since, alarm.StateReasonData) : undefined,
    consoleUrl: consoleUrl({
      partition: ctx.config.partition,
      region: ctx.api.region,
      type: 'alarm',
      name,
      arn,
    }),
  };
}

/** Maps a state of CloudWatch; new ones give `unknown`. */
export function alarmState(value: string | undefined): AlarmState {
  switch (value) {
    case 'OK':
      return 'ok';
    case 'ALARM':
      return 'alarm';
    case 'INSUFFICIENT_DATA':
      return 'insufficient-data';
    default:
      return 'unknown';
  }
}

async function readHistory(
  ctx: CollectContext,
  changed: KnownAlarm[],
  owners: Owners,
): Promise<Map<string, AlarmHistoryItem[]>> {
  const startOf = (alarm: KnownAlarm) => {
    const since = [...(owners.get(alarm.name) ?? [])]
      .map(id => ctx.reports.get(id)?.resource)
      .map(resource => resource && ctx.since(resource)?.getTime());
    const times = since.filter((t): t is number => t !== undefined);
    return times.length === since.length ? Math.min(...times) : undefined;
  };
  const read = async (alarms: KnownAlarm[], AlarmName?: string) => {
    const ids = new Set(alarms.flatMap(a => [...(owners.get(a.name) ?? [])]));
    const starts = alarms.map(startOf);
    const StartDate = starts.includes(undefined)
      ? undefined
      : new Date(Math.min(...(starts as number[])));
    return ctx.reports.attempt(ids, async () => {
      const items = await listFor(
        ctx,
        ids,
        awsCalls.describeAlarmHistory,
        {
          AlarmName,
          HistoryItemType: 'StateUpdate',
          StartDate,
          MaxRecords: 100,
          ScanBy: 'TimestampDescending',
        },
        HISTORY_PAGES,
      );
      for (const alarm of alarms) {
        if (alarm.since) ctx.memory.alarmsReadUpTo.set(alarm.name, alarm.since);
      }
      return items;
    });
  };
  const answers =
    changed.length > BY_NAME_LIMIT
      ? [await read(changed)]
      : await Promise.all(changed.map(alarm => read([alarm], alarm.name)));
  return groupBy(
    answers.flatMap(answer => answer ?? []),
    item => (owners.has(item.AlarmName ?? '') ? item.AlarmName : undefined),
  );
}

interface HistoryState {
  stateValue?: string;
  stateReason?: string;
  stateReasonData?: unknown;
}

function historyStates(item: AlarmHistoryItem) {
  const data = parseJson(item.HistoryData) as
    | { oldState?: HistoryState; newState?: HistoryState }
    | undefined;
  return { oldState: data?.oldState, newState: data?.newState };
}

function mapTransition(item: AlarmHistoryItem): AlarmTransition[] {
  const { oldState, newState } = historyStates(item);
  const [, from, to] =
    /from (\w+) to (\w+)/.exec(item.HistorySummary ?? '') ?? [];
  if (!item.AlarmName || !item.Timestamp) return [];
  return [
    {
      alarmName: item.AlarmName,
      at: item.Timestamp.toISOString(),
      from: alarmState(oldState?.stateValue ?? from),
      to: alarmState(newState?.stateValue ?? to),
      reason: newState?.stateReason ?? item.HistorySummary,
    },
  ];
}

function breachOf(item: AlarmHistoryItem): AlarmBreach[] {
  const { newState } = historyStates(item);
  if (!item.Timestamp || newState?.stateValue !== 'ALARM') return [];
  const at = item.Timestamp.toISOString();
  const breach = parseReasonData(at, newState.stateReasonData);
  return breach ? [breach] : [];
}

function report(
  ctx: CollectContext,
  alarms: KnownAlarm[],
  history: Map<string, AlarmHistoryItem[]>,
  owners: Owners,
) {
  const byOwner = new Map<string, KnownAlarm[]>();
  for (const alarm of alarms) {
    for (const id of owners.get(alarm.name) ?? []) {
      byOwner.set(id, [...(byOwner.get(id) ?? []), alarm]);
    }
  }
  for (const [id, owned] of byOwner) {
    ctx.reports.update(id, {
      alarms: owned.map(publicAlarm),
      alarmTransitions: owned.flatMap(alarm =>
        (history.get(alarm.name) ?? []).flatMap(mapTransition),
      ),
    });
  }
}

function publicAlarm(alarm: KnownAlarm): FleetAlarm {
  const { name, state, since, reason, metricName } = alarm;
  const { comparison, threshold, unit } = alarm;
  return {
    name,
    state,
    since,
    reason,
    metricName,
    comparison,
    threshold,
    unit,
    consoleUrl: alarm.consoleUrl,
  };
}

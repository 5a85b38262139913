import type { AlarmHistoryItem, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import {
  ACTIVE_USERS_PER_INSTANCE,
  groupBy,
  type AlarmState,
  type AlarmTransition,
  type FleetAlarm,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { consoleUrl } from '../locate/consoleUrl';
import {
  comparisonSign,
  parseJson,
  parseReasonData,
  plainUnit,
} from './alarmBreach';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';
import { earliestStart, markHistoryRead } from './historyStart';
import { isActiveUsersPerInstance } from './isActiveUsersPerInstance';
import type { AlarmBreach, KnownAlarm } from '../region/KnownAlarm';

const NAMES_PER_CALL = 100;
/** If more alarms than this changed, one list of the account replaces single reads. */
const BY_NAME_LIMIT = 5;
const HISTORY_PAGES = 20;
const KEPT_BREACHES = 50;

/** The resources that an alarm belongs to. */
type Owners = Map<string, Set<string>>;

interface AlarmsRead {
  alarms: MetricAlarm[];
  /** Ids of resources whose alarms could not be read completely. */
  failed: string[];
}

/**
 * Reads the alarms of policies, tagged alarms and alarms with a configured
 * prefix, and the history of those that changed since the last poll.
 */
export async function collectAlarms(
  ctx: CollectContext,
  policyAlarms: Map<string, string[]>,
): Promise<void> {
  const owners: Owners = new Map();
  const own = (name: string, resourceId: string) => {
    owners.set(name, (owners.get(name) ?? new Set()).add(resourceId));
  };
  for (const [resourceId, names] of policyAlarms) {
    names.forEach(name => own(name, resourceId));
  }
  const { alarms, failed } = joinReads([
    await describeByName(ctx, whomItConcerns(ctx, owners)),
    await describeByPrefix(ctx),
  ]);
  const unread = new Set(failed);
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
  const { history, incomplete } = await readHistory(
    ctx,
    changed,
    owners,
    unread,
  );
  for (const [name, items] of history) {
    rememberBreaches(ctx, name, items.flatMap(breachOf));
  }
  const complete = ctx.resources
    .map(({ id }) => id)
    .filter(id => !unread.has(id));
  report(ctx, complete, known, history, owners, incomplete);
}

/**
 * Keeps the latest breaches: activities are read more than once, and must get
 * the same explanation each time.
 */
function rememberBreaches(
  ctx: CollectContext,
  alarmName: string,
  breaches: AlarmBreach[],
) {
  const known = ctx.memory.breaches.get(alarmName) ?? [];
  const byTime = new Map([...known, ...breaches].map(b => [b.at, b]));
  const newestFirst = [...byTime.values()].sort((x, y) =>
    y.at.localeCompare(x.at),
  );
  ctx.memory.breaches.set(alarmName, newestFirst.slice(0, KEPT_BREACHES));
}

/**
 * The resources affected if an alarm cannot be read. Until a tagged alarm is
 * read, its resource is unknown, so it affects all resources here of the
 * entities in its tag.
 */
function whomItConcerns(ctx: CollectContext, owners: Owners): Owners {
  const concerned: Owners = new Map(owners);
  const refsOf = new Map(
    ctx.memory.latestResources.map(k => [k.resource.id, k.entityRefs]),
  );
  for (const { name, entityRefs } of ctx.memory.taggedAlarms) {
    const ids = ctx.resources
      .map(({ id }) => id)
      .filter(id => [...(refsOf.get(id) ?? [])].some(r => entityRefs.has(r)));
    concerned.set(name, new Set([...(owners.get(name) ?? []), ...ids]));
  }
  return concerned;
}

async function describeByName(
  ctx: CollectContext,
  concerned: Owners,
): Promise<AlarmsRead> {
  const reads = await Promise.all(
    chunk([...concerned.keys()], NAMES_PER_CALL).map(batch => {
      const ids = new Set(batch.flatMap(name => [...concerned.get(name)!]));
      const all = ctx.resources.map(r => r.id);
      return readAlarms(ctx, ids.size > 0 ? [...ids] : all, {
        AlarmNames: batch,
      });
    }),
  );
  return joinReads(reads);
}

async function readAlarms(
  ctx: CollectContext,
  ids: string[],
  filter: { AlarmNames: string[] } | { AlarmNamePrefix: string },
): Promise<AlarmsRead> {
  const alarms = await ctx.reports.attempt(ids, () =>
    listFor(ctx, ids, awsCalls.describeAlarms, {
      ...filter,
      MaxRecords: NAMES_PER_CALL,
    }),
  );
  return alarms ? { alarms, failed: [] } : { alarms: [], failed: ids };
}

function joinReads(reads: readonly AlarmsRead[]): AlarmsRead {
  return {
    alarms: reads.flatMap(({ alarms }) => alarms),
    failed: reads.flatMap(({ failed }) => failed),
  };
}

async function describeByPrefix(ctx: CollectContext): Promise<AlarmsRead> {
  const prefixes = new Set(
    ctx.config.alarmNamePrefixes.flatMap(template =>
      template.includes('{name}')
        ? ctx.resources.map(({ name }) => template.replaceAll('{name}', name))
        : [template],
    ),
  );
  const ids = ctx.resources.map(r => r.id);
  const reads = await Promise.all(
    [...prefixes].map(AlarmNamePrefix =>
      readAlarms(ctx, ids, { AlarmNamePrefix }),
    ),
  );
  return joinReads(reads);
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
    unit: isActiveUsersPerInstance(alarm.Metrics)
      ? ACTIVE_USERS_PER_INSTANCE
      : plainUnit(alarm.Unit),
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

/** Maps a CloudWatch state; new ones become `unknown`. */
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
  /** Resources whose alarms could not be read. */
  unread: ReadonlySet<string>,
): Promise<{
  history: Map<string, AlarmHistoryItem[]>;
  /** Resources whose alarms or history could not be read. */
  incomplete: ReadonlySet<string>;
}> {
  const ownersOf = (alarms: KnownAlarm[]) => {
    const ids = new Set(alarms.flatMap(a => [...(owners.get(a.name) ?? [])]));
    return ctx.resources.filter(resource => ids.has(resource.id));
  };
  const read = async (alarms: KnownAlarm[], AlarmName?: string) => {
    const resources = ownersOf(alarms);
    const ids = resources.map(r => r.id);
    const startMs = earliestStart(ctx, 'alarms', resources);
    const items = await ctx.reports.attempt(ids, () =>
      listFor(
        ctx,
        ids,
        awsCalls.describeAlarmHistory,
        {
          AlarmName,
          HistoryItemType: 'StateUpdate',
          StartDate: startMs === undefined ? undefined : new Date(startMs),
          MaxRecords: 100,
          ScanBy: 'TimestampDescending',
        },
        HISTORY_PAGES,
      ),
    );
    if (!items) return { items: [], failed: ids };
    for (const alarm of alarms) {
      if (alarm.since) ctx.memory.alarmsReadUpTo.set(alarm.name, alarm.since);
    }
    return { items, failed: [] };
  };
  // A list of the account saves calls if many alarms changed just now, but the
  // full history of all alarms would be too long.
  const stored = changed.filter(
    alarm => earliestStart(ctx, 'alarms', ownersOf([alarm])) !== undefined,
  );
  const shared = stored.length > BY_NAME_LIMIT ? stored : [];
  const single = changed.filter(alarm => !shared.includes(alarm));
  const answers = await Promise.all([
    ...single.map(alarm => read([alarm], alarm.name)),
    ...(shared.length > 0 ? [read(shared)] : []),
  ]);
  const incomplete = new Set([
    ...unread,
    ...answers.flatMap(({ failed }) => failed),
  ]);
  markHistoryRead(
    ctx,
    'alarms',
    ctx.resources.filter(({ id }) => !incomplete.has(id)),
  );
  const history = groupBy(
    answers.flatMap(({ items }) => items),
    item => (owners.has(item.AlarmName ?? '') ? item.AlarmName : undefined),
  );
  return { history, incomplete };
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
  resourceIds: string[],
  alarms: KnownAlarm[],
  history: Map<string, AlarmHistoryItem[]>,
  owners: Owners,
  incomplete: ReadonlySet<string>,
) {
  const byOwner = new Map<string, KnownAlarm[]>();
  for (const alarm of alarms) {
    for (const id of owners.get(alarm.name) ?? []) {
      byOwner.set(id, [...(byOwner.get(id) ?? []), alarm]);
    }
  }
  for (const id of resourceIds) {
    const owned = byOwner.get(id) ?? [];
    ctx.reports.update(id, {
      alarms: owned.map(publicAlarm),
      // Without the history, the collector compares the alarms of two reports.
      ...(!incomplete.has(id) && {
        alarmTransitions: owned.flatMap(alarm =>
          (history.get(alarm.name) ?? []).flatMap(mapTransition),
        ),
      }),
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

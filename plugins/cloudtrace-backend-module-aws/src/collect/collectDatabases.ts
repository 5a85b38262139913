import type { DBCluster, DBInstance, Event } from '@aws-sdk/client-rds';
import {
  groupBy,
  wordTexts,
  type FleetInstance,
  type FleetInstanceState,
  type FleetResource,
} from '@cloudtrace/plugin-cloudtrace-common';
import { awsCalls } from '../calls/awsCalls';
import { chunk } from '../region/chunk';
import { type CollectContext, listFor } from '../region/CollectContext';
import {
  type DatabaseZones,
  failoverTarget,
  mapDatabaseEvent,
  withZones,
} from './databaseEvent';
import { earliestStart, markHistoryRead } from './historyStart';

const IDS_PER_CALL = 50;
/** RDS keeps events for 14 days; a slightly shorter period allows for clock differences. */
const EVENTS_MAX_AGE_MS = 14 * 86_400_000 - 10 * 60_000;
const EVENT_PAGES = 50;

/** Reads state and events of database instances and clusters. */
export async function collectDatabases(
  ctx: CollectContext,
  resources: FleetResource[],
): Promise<void> {
  const instances = resources.filter(r => r.type === 'db-instance');
  const clusters = resources.filter(r => r.type === 'db-cluster');
  const [clusterAnswers, instanceEvents, clusterEvents] = await Promise.all([
    describeClusters(ctx, clusters),
    readEvents(ctx, instances, 'db-instance'),
    readEvents(ctx, clusters, 'db-cluster'),
  ]);
  const members = clusterAnswers.flatMap(cluster =>
    (cluster.DBClusterMembers ?? []).map(m => m.DBInstanceIdentifier ?? ''),
  );
  const described = await describeInstances(ctx, instances, members, clusters);
  for (const resource of instances) {
    const database = described.get(resource.name);
    if (database) {
      ctx.reports.update(resource.id, { instances: [mapDatabase(database)] });
    } else if (described.complete) {
      reportMissing(ctx, resource);
    }
    const zones: DatabaseZones = {
      current: database?.AvailabilityZone,
      standby: database?.SecondaryAvailabilityZone,
    };
    updateEvents(ctx, resource, instanceEvents, () => zones);
  }
  for (const resource of clusters) {
    const cluster = clusterAnswers.find(
      c => c.DBClusterIdentifier === resource.name,
    );
    if (cluster) {
      const found = (cluster.DBClusterMembers ?? []).map(member =>
        mapMember(
          member.DBInstanceIdentifier ?? '',
          member.IsClusterWriter,
          described,
        ),
      );
      ctx.reports.update(resource.id, { instances: found });
    }
    updateEvents(ctx, resource, clusterEvents, events => {
      const target = failoverTarget(events[events.length - 1] ?? '');
      return { current: described.get(target ?? '')?.AvailabilityZone };
    });
  }
}

async function describeClusters(
  ctx: CollectContext,
  clusters: FleetResource[],
): Promise<DBCluster[]> {
  const answers = await Promise.all(
    chunk(clusters, IDS_PER_CALL).map(async batch => {
      const ids = batch.map(r => r.id);
      const read = await ctx.reports.attempt(ids, () =>
        listFor(ctx, ids, awsCalls.describeDBClusters, {
          Filters: [{ Name: 'db-cluster-id', Values: batch.map(r => r.name) }],
          MaxRecords: 100,
        }),
      );
      const names = new Set(read?.map(c => c.DBClusterIdentifier));
      if (read) {
        batch
          .filter(r => !names.has(r.name))
          .forEach(r => reportMissing(ctx, r));
      }
      return read ?? [];
    }),
  );
  return answers.flat();
}

class DescribedInstances extends Map<string, DBInstance> {
  /** Whether every call succeeded, so that an absent database does not exist. */
  complete = true;
}

async function describeInstances(
  ctx: CollectContext,
  instances: FleetResource[],
  members: string[],
  clusters: FleetResource[],
): Promise<DescribedInstances> {
  const result = new DescribedInstances();
  const idByName = new Map(instances.map(r => [r.name, r.id]));
  const names = [...new Set([...idByName.keys(), ...members])].filter(Boolean);
  await Promise.all(
    chunk(names, IDS_PER_CALL).map(async batch => {
      const ids = [
        ...batch.flatMap(name => idByName.get(name) ?? []),
        ...clusters.map(r => r.id),
      ];
      const read = await ctx.reports.attempt(ids, () =>
        listFor(ctx, ids, awsCalls.describeDBInstances, {
          Filters: [{ Name: 'db-instance-id', Values: batch }],
          MaxRecords: 100,
        }),
      );
      if (!read) result.complete = false;
      read?.forEach(db => result.set(db.DBInstanceIdentifier ?? '', db));
    }),
  );
  return result;
}

async function readEvents(
  ctx: CollectContext,
  resources: FleetResource[],
  sourceType: 'db-instance' | 'db-cluster',
): Promise<Map<string, Event[]> | undefined> {
  if (resources.length === 0) return undefined;
  const oldestMs = ctx.now.getTime() - EVENTS_MAX_AGE_MS;
  const start = earliestStart(ctx, 'events', resources) ?? oldestMs;
  const ids = resources.map(r => r.id);
  const events = await ctx.reports.attempt(ids, () =>
    listFor(
      ctx,
      ids,
      awsCalls.describeEvents,
      {
        SourceType: sourceType,
        // One list of the account serves all databases unless there is only one.
        ...(resources.length === 1 && { SourceIdentifier: resources[0].name }),
        StartTime: new Date(Math.max(start, oldestMs)),
        EndTime: ctx.now,
        MaxRecords: 100,
      },
      EVENT_PAGES,
    ),
  );
  if (events) markHistoryRead(ctx, 'events', resources);
  return events && groupBy(events, event => event.SourceIdentifier);
}

function updateEvents(
  ctx: CollectContext,
  resource: FleetResource,
  events: Map<string, Event[]> | undefined,
  zonesFor: (messages: string[]) => DatabaseZones,
) {
  if (!events) return;
  const mapped = (events.get(resource.name) ?? []).flatMap(mapDatabaseEvent);
  const failovers = mapped
    .filter(event => event.kind === 'failover-completed')
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(event => event.message);
  ctx.reports.update(resource.id, {
    databaseEvents: withZones(mapped, zonesFor(failovers)),
  });
}

function reportMissing(ctx: CollectContext, resource: FleetResource) {
  ctx.reports.problem([resource.id], {
    code: 'not-found',
    ...wordTexts({
      message: { code: 'aws-gone-database', values: { name: resource.name } },
      nextStep: { code: 'aws-gone-next', values: {} },
    }),
  });
}

function mapDatabase(database: DBInstance): FleetInstance {
  return {
    instanceId: database.DBInstanceIdentifier ?? '',
    zone: database.AvailabilityZone,
    state: databaseState(database.DBInstanceStatus),
    vendorState: database.DBInstanceStatus,
    instanceType: database.DBInstanceClass,
    launchedAt: database.InstanceCreateTime?.toISOString(),
  };
}

function mapMember(
  name: string,
  isWriter: boolean | undefined,
  described: ReadonlyMap<string, DBInstance>,
): FleetInstance {
  const database = described.get(name);
  if (!database) return { instanceId: name, state: 'unknown' };
  const instance = mapDatabase(database);
  const role = isWriter ? 'writer' : 'reader';
  return { ...instance, vendorState: `${instance.vendorState} (${role})` };
}

const SERVING = new Set([
  'available',
  'backing-up',
  'configuring-enhanced-monitoring',
  'configuring-iam-database-auth',
  'configuring-log-exports',
  'converting-to-vpc',
  'modifying',
  'moving-to-vpc',
  'renaming',
  'resetting-master-credentials',
  'storage-optimization',
  'storage-config-upgrade',
]);
const STARTING = new Set([
  'creating',
  'starting',
  'rebooting',
  'restore-error',
  'upgrading',
  'maintenance',
]);

/** Maps a database's status; one without an equivalent becomes `unknown`. */
export function databaseState(status: string | undefined): FleetInstanceState {
  if (SERVING.has(status ?? '')) return 'in-service';
  if (STARTING.has(status ?? '')) return 'pending';
  if (status === 'deleting' || status === 'stopping') return 'terminating';
  if (status === 'stopped') return 'standby';
  return 'unknown';
}

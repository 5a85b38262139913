import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  FleetPart,
  FleetProblem,
  FleetReport,
  FleetResource,
  FleetScope,
} from '@cloudtrace/plugin-cloudtrace-common';
import type {
  FleetCallOptions,
  FleetChange,
  FleetLocateResult,
  FleetProvider,
  FleetScopeWithEntity,
} from '@cloudtrace/plugin-cloudtrace-node';
import type { ClusterSet } from './clusters/ClusterSet';
import type { ClusterChange, WatchedCluster } from './clusters/WatchedCluster';
import { locateScope } from './locate/locateScope';
import { RecentGroups } from './locate/RecentGroups';
import { ScopeMemory } from './locate/ScopeMemory';
import {
  KUBERNETES_PROVIDER_ID,
  parseResource,
  workloadResource,
} from './locate/workloadResource';
import { explainCluster } from './problems/explainCluster';
import { explainClusterList } from './problems/explainClusterList';
import {
  explainUnknownCluster,
  explainUnreadable,
} from './problems/explainResource';
import { explainWorkload } from './problems/explainWorkload';
import { affectedWorkloads } from './workload/affectedWorkloads';
import { gatherObjects } from './workload/gatherObjects';
import { isConfirmed } from './watch/isConfirmed';
import { CONFIRM_MS } from './watch/WatchTimings';
import type { DescribeWorkload } from './objects/types';
import { workloadKindOfWatched, workloadKinds } from './objects/workloadKinds';

/** How long the first locate waits for the first complete picture. */
const FIRST_PICTURE_MS = 10_000;

/** Changes and requests come in between, whatever the number of workloads. */
const MAX_TURN_MS = 10;

/**
 * Without a collection for this long, another replica collected. What it stored
 * may be newer than what the watches of this one have confirmed.
 */
const TAKEOVER_MS = CONFIRM_MS;

/** Reads fleets from Kubernetes clusters through watches. */
export class KubernetesFleetProvider implements FleetProvider {
  readonly id = KUBERNETES_PROVIDER_ID;
  readonly title = 'Kubernetes';
  readonly readIntervalsMs: FleetProvider['readIntervalsMs'] = {
    targets: CONFIRM_MS,
    'health-check': CONFIRM_MS,
    capacity: CONFIRM_MS,
    limits: CONFIRM_MS,
    instances: CONFIRM_MS,
    policies: CONFIRM_MS,
    schedules: CONFIRM_MS,
    activities: CONFIRM_MS,
    alarms: CONFIRM_MS,
    metrics: CONFIRM_MS,
  };
  readonly #clusters: ClusterSet;
  readonly #describe: DescribeWorkload;
  readonly #logger: LoggerService;
  readonly #unreadMethods: readonly string[];
  readonly #memory = new ScopeMemory();
  /** Ids of the resources that were collected, by cluster. */
  readonly #collected = new RecentGroups<string>();
  #onChange: (change: FleetChange) => void = () => {};
  #collectedAtMs = -Infinity;

  constructor(options: {
    clusters: ClusterSet;
    describe: DescribeWorkload;
    logger: LoggerService;
    /** Types of cluster locators that are configured but not read. */
    unreadMethods?: readonly string[];
  }) {
    this.#clusters = options.clusters;
    this.#describe = options.describe;
    this.#logger = options.logger;
    this.#unreadMethods = options.unreadMethods ?? [];
  }

  /** Starts the watches. */
  start(): Promise<void> {
    return this.#clusters.start({
      onChange: (cluster, change) => this.#receive(cluster, change),
      onState: cluster => this.#requestAll(cluster),
    });
  }

  stop(): void {
    this.#clusters.stop();
  }

  async locate(
    scopes: FleetScopeWithEntity[],
    { signal }: FleetCallOptions,
  ): Promise<FleetLocateResult> {
    const nowMs = Date.now();
    const known = this.#memory.remember(scopes, nowMs);
    const timeout = AbortSignal.timeout(FIRST_PICTURE_MS);
    await this.#clusters.untilKnown(AbortSignal.any([signal, timeout]));
    const { state } = this.#clusters;
    const clusters = this.#clusters.list();
    const results = known.map(scope =>
      locateScope({
        ...scope,
        clusters,
        isClusterListRead: state === 'read',
        claims: this.#memory.claims,
        nowMs,
      }),
    );
    return {
      locations: results.flatMap(({ locations }) => locations),
      problems: [
        ...clusters.flatMap(explainCluster),
        ...explainClusterList(state, {
          unreadMethods: this.#unreadMethods,
          unknownUsageClusters: this.#clusters.unknownUsageClusters,
        }),
        ...results.flatMap(({ problems }) => problems),
      ],
    };
  }

  async collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource, part?: FleetPart): Date | undefined;
    },
  ): Promise<FleetReport[]> {
    this.#confirmAfterTakeover(Date.now());
    const reports: FleetReport[] = [];
    let turnStartedMs = performance.now();
    for (const resource of resources) {
      if (performance.now() - turnStartedMs > MAX_TURN_MS) {
        await nextTurn();
        options.signal.throwIfAborted();
        turnStartedMs = performance.now();
      }
      reports.push(
        this.#report(resource, options.since(resource, 'activities')),
      );
    }
    return reports;
  }

  findDeleted(resources: FleetResource[]): FleetResource[] {
    return resources.filter(resource => {
      const name = parseResource(resource);
      const cluster = name && this.#clusters.get(name.cluster);
      const kind = name && workloadKinds[name.kind];
      return (
        cluster &&
        kind &&
        // Of a kind that cannot be read now, nothing is known to be gone.
        isConfirmed(cluster.freshAt(kind), new Date()) &&
        !cluster.store(kind).get(name.namespace, name.name)
      );
    });
  }

  subscribe(onChange: (change: FleetChange) => void): void {
    this.#onChange = onChange;
  }

  #report(resource: FleetResource, since: Date | undefined): FleetReport {
    const now = new Date();
    const name = parseResource(resource);
    const cluster = name && this.#clusters.get(name.cluster);
    if (!cluster) return withProblems(resource, now, this.#explainNoCluster());
    const { id } = resource;
    this.#collected.note(cluster.name, id, id, now.getTime());
    cluster.usage.want(name.namespace);
    try {
      const objects = gatherObjects(cluster, name);
      const problems = explainWorkload(cluster, name, objects, now);
      return objects
        ? withProblems(
            resource,
            now,
            problems,
            this.#describe(objects, { resource, now, since }),
          )
        : withProblems(resource, now, problems);
    } catch (error) {
      // A bug in the mapping of one workload must not cost the others their data.
      this.#logger.error(`Describing ${resource.id} failed`, error as Error);
      return withProblems(resource, now, [explainUnreadable(resource)]);
    }
  }

  #confirmAfterTakeover(nowMs: number) {
    const isTakeover = nowMs - this.#collectedAtMs > TAKEOVER_MS;
    this.#collectedAtMs = nowMs;
    if (!isTakeover) return;
    for (const cluster of this.#clusters.list()) {
      void cluster.confirmSoon().then(isNews => {
        if (isNews) this.#requestAll(cluster);
      });
    }
  }

  #explainNoCluster(): FleetProblem[] {
    const { state } = this.#clusters;
    return state === 'read'
      ? [explainUnknownCluster()]
      : explainClusterList(state);
  }

  #receive(cluster: WatchedCluster, change: ClusterChange) {
    const nowMs = Date.now();
    const ids = affectedWorkloads(cluster, change).map(
      name => workloadResource(cluster.name, name).id,
    );
    const scopes = workloadKindOfWatched(change.kind)
      ? this.#memory.affectedBy(change.changes, nowMs)
      : [];
    // Workloads that are new to a scope are collected right after it.
    const resourceIds =
      scopes.length > 0
        ? ids
        : ids.filter(id => this.#collected.has(cluster.name, id, nowMs));
    this.#request({ resourceIds, scopes });
  }

  /** A kind can be read or was confirmed, or no longer: reports of the cluster change, links do not. */
  #requestAll(cluster: WatchedCluster) {
    const collected = this.#collected.of(cluster.name, Date.now());
    this.#request({ resourceIds: [...collected.keys()], scopes: [] });
  }

  #request(change: { resourceIds: string[]; scopes: FleetScope[] }) {
    if (change.resourceIds.length + change.scopes.length > 0) {
      this.#onChange(change);
    }
  }
}

/** Adds problems to a report, or makes one that contains only them. */
function withProblems(
  resource: FleetResource,
  now: Date,
  problems: readonly FleetProblem[],
  report: FleetReport = {
    resource,
    observedAt: now.toISOString(),
    problems: [],
  },
): FleetReport {
  return {
    ...report,
    problems: [...report.problems, ...problems].map(problem => ({
      ...problem,
      resourceId: resource.id,
    })),
  };
}

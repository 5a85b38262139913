import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  FleetProblem,
  FleetReport,
  FleetResource,
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
import { ScopeMemory, type KnownScope } from './locate/ScopeMemory';
import {
  KUBERNETES_PROVIDER_ID,
  parseResource,
  workloadResource,
} from './locate/workloadResource';
import { explainCluster } from './problems/explainCluster';
import { explainFailures } from './problems/explainFailures';
import {
  explainGone,
  explainUnknownCluster,
  explainUnreadable,
} from './problems/explainResource';
import { explainSkew } from './problems/explainSkew';
import { affectedWorkloads } from './workload/affectedWorkloads';
import { gatherObjects } from './workload/gatherObjects';
import type { DescribeWorkload, WatchedKind } from './objects/types';
import { workloadKinds } from './objects/workloadKinds';

/** How long the first locate waits for the first complete picture. */
const FIRST_PICTURE_MS = 10_000;
/** A watch confirms its kind at least this often. */
const CONFIRM_MS = 90_000;

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
  readonly #collected = new Set<string>();
  #onChange: (change: FleetChange) => void = () => {};

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
    const known = this.#memory.remember(scopes, Date.now());
    const bounded = AbortSignal.any([
      signal,
      AbortSignal.timeout(FIRST_PICTURE_MS),
    ]);
    const clusters = this.#clusters.list();
    await Promise.all(clusters.map(cluster => cluster.untilKnown(bounded)));
    const results = this.#locateKnown(known, clusters);
    return {
      locations: results.flatMap(({ locations }) => locations),
      problems: [
        ...this.#providerProblems(clusters),
        ...results.flatMap(({ problems }) => problems),
      ],
    };
  }

  async collect(
    resources: FleetResource[],
    options: FleetCallOptions & {
      since(resource: FleetResource): Date | undefined;
    },
  ): Promise<FleetReport[]> {
    return resources.map(resource => {
      this.#collected.add(resource.id);
      return this.#report(resource, options.since(resource));
    });
  }

  subscribe(onChange: (change: FleetChange) => void): void {
    this.#onChange = onChange;
  }

  #report(resource: FleetResource, since: Date | undefined): FleetReport {
    const now = new Date();
    const name = parseResource(resource);
    const cluster = name && this.#clusters.get(name.cluster);
    if (!cluster) return withProblems(resource, now, [explainUnknownCluster()]);
    const problems = [
      ...explainFailures(cluster.name, cluster.failures),
      ...explainSkew(cluster),
    ];
    try {
      const objects = gatherObjects(cluster, name);
      if (objects) {
        const report = this.#describe(objects, { resource, now, since });
        return withProblems(resource, now, problems, report);
      }
      const isKnown = cluster.freshAt(workloadKinds[name.kind]) !== undefined;
      return withProblems(
        resource,
        now,
        isKnown ? [...problems, explainGone(name)] : problems,
      );
    } catch (error) {
      // A bug in the mapping of one workload must not cost the others their data.
      this.#logger.error(`Describing ${resource.id} failed`, error as Error);
      return withProblems(resource, now, [
        ...problems,
        explainUnreadable(resource),
      ]);
    }
  }

  #providerProblems(clusters: readonly WatchedCluster[]): FleetProblem[] {
    return [
      ...clusters.flatMap(cluster => explainCluster(cluster)),
      ...this.#unreadMethods.map(
        (type): FleetProblem => ({
          code: 'account-not-configured',
          message: `kubernetes.clusterLocatorMethods contains the type '${type}', which CloudTrace does not read`,
          nextStep:
            'List the clusters under the type config, or add a supplier with kubernetesFleetExtensionPoint; docs/kubernetes.md shows how',
        }),
      ),
      ...(this.#clusters.failed
        ? [
            {
              code: 'unavailable' as const,
              message: 'The list of Kubernetes clusters could not be read',
              nextStep: 'See the log of the backend',
            },
          ]
        : []),
    ];
  }

  #locateKnown(
    known: readonly KnownScope[],
    clusters: readonly WatchedCluster[],
  ) {
    const { claims } = this.#memory;
    const nowMs = Date.now();
    return known.map(scope =>
      locateScope({ ...scope, clusters, claims, nowMs }),
    );
  }

  #receive(cluster: WatchedCluster, change: ClusterChange) {
    const ids = affectedWorkloads(cluster, change).map(
      name => workloadResource(cluster.name, name).id,
    );
    const scopes = isWorkloadKind(change.kind)
      ? this.#memory.affectedBy(change.changes).map(({ scope }) => scope)
      : [];
    // Workloads that are new to a scope are collected right after it.
    const resourceIds =
      scopes.length > 0 ? ids : ids.filter(id => this.#collected.has(id));
    if (resourceIds.length + scopes.length > 0) {
      this.#onChange({ resourceIds, scopes });
    }
  }

  /** Everything in a cluster may have changed. */
  #requestAll(cluster: WatchedCluster) {
    const known = this.#memory.all;
    const resourceIds = this.#locateKnown(known, [cluster]).flatMap(
      ({ locations }) => locations.map(({ resource }) => resource.id),
    );
    if (known.length === 0) return;
    this.#onChange({ resourceIds, scopes: known.map(({ scope }) => scope) });
  }
}

function isWorkloadKind(kind: WatchedKind): boolean {
  return Object.values(workloadKinds).some(workload => workload === kind);
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

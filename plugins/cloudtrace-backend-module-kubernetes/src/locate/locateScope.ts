import type { Entity } from '@backstage/catalog-model';
import type {
  FleetLocation,
  FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import { explainFailures } from '../problems/explainFailures';
import { nameOf } from '../store/readers';
import { allLabelsOf, entityKey, idKey } from '../store/workloadLabels';
import { ENTITY_LABEL, ENVIRONMENT_LABEL } from '../objects/labels';
import type { WatchedKind, WatchedObject } from '../objects/types';
import {
  allWorkloadKinds,
  workloadKinds,
  type WorkloadName,
} from '../objects/workloadKinds';
import type { ClaimRegistry } from './ClaimRegistry';
import { consents, entityLabelOf, fitsLabel } from './consents';
import {
  KUBERNETES_ANNOTATIONS,
  readAnnotations,
  type WorkloadQuery,
} from './readAnnotations';
import type { KnownScope } from './ScopeMemory';
import { workloadResource } from './workloadResource';

interface LocateContext extends KnownScope {
  clusters: readonly WatchedCluster[];
  claims: ClaimRegistry;
  nowMs: number;
}

interface LocatedScope {
  locations: FleetLocation[];
  problems: FleetProblem[];
}

/** Finds the workloads of one environment of an entity, in all clusters. */
export function locateScope(context: LocateContext): LocatedScope {
  const { entity, entityRef, environment } = context.scope;
  const query = readAnnotations(entity, environment);
  if (!query) return { locations: [], problems: [] };
  const result =
    'expected' in query
      ? { locations: [], problems: [explainInvalid(query)] }
      : search(context, query);
  const scope = { entityRef, environment };
  return {
    locations: result.locations,
    problems: result.problems.map(problem => ({ ...problem, scope })),
  };
}

function search(context: LocateContext, query: WorkloadQuery): LocatedScope {
  const clusters = query.cluster
    ? context.clusters.filter(({ name }) => name === query.cluster)
    : context.clusters;
  if (clusters.length === 0 && query.cluster) {
    return { locations: [], problems: [explainCluster()] };
  }
  const locations = clusters.flatMap(cluster =>
    [...workloadsOf(cluster, query, context)].map(name => ({
      scope: {
        entityRef: context.scope.entityRef,
        environment: context.scope.environment,
      },
      resource: workloadResource(cluster.name, name),
      locator: 'annotation' as const,
      detail: `${query.key}: ${query.value}`,
    })),
  );
  return {
    locations,
    problems:
      locations.length > 0 ? [] : explainMissing(context, query, clusters),
  };
}

function* workloadsOf(
  cluster: WatchedCluster,
  query: WorkloadQuery,
  context: LocateContext,
): Generator<WorkloadName> {
  const { entity, entityRef, environment } = context.scope;
  const { kubernetesId } = query;
  const { claims, nowMs } = context;
  const holdsId = claims.isHeldBy(kubernetesId, entityRef, nowMs);
  for (const kind of allWorkloadKinds) {
    for (const workload of candidatesOf(
      cluster,
      workloadKinds[kind],
      query,
      entity,
    )) {
      const { name, namespace } = nameOf(workload);
      const labels = allLabelsOf(workload);
      const shownIn = labels[ENVIRONMENT_LABEL];
      if (
        name &&
        namespace &&
        query.matches(labels) &&
        consents({ labels, entity, kubernetesId, holdsId }) &&
        (shownIn === undefined
          ? context.isPrimary || query.isSpecific
          : shownIn === environment)
      ) {
        yield { kind, namespace, name };
      }
    }
  }
}

/** The workloads whose labels name the entity or its id; without an index, locating would compare every entity with every workload. */
function candidatesOf(
  cluster: WatchedCluster,
  kind: WatchedKind,
  { namespace, kubernetesId }: WorkloadQuery,
  entity: Entity,
): WatchedObject[] {
  const store = cluster.store(kind);
  return [entityKey(entityLabelOf(entity)), idKey(kubernetesId)]
    .flatMap(key => store.find('consent', key))
    .filter(workload => !namespace || nameOf(workload).namespace === namespace);
}

/**
 * The same text for a workload that does not exist and for one that does not
 * consent: an annotation must not reveal what other teams run.
 */
function explainMissing(
  { scope, isPrimary }: LocateContext,
  query: WorkloadQuery,
  clusters: readonly WatchedCluster[],
): FleetProblem[] {
  // Workloads that name no environment appear in the primary one.
  if (!isPrimary && !query.isSpecific) return [];
  const { entity } = scope;
  const label = `${KUBERNETES_ANNOTATIONS.id}: ${query.kubernetesId}`;
  const precise = fitsLabel(entity)
    ? ` If entities of other owners use this id, set ${ENTITY_LABEL}: ${entityLabelOf(
        entity,
      )} instead.`
    : '';
  return [
    {
      code: 'not-linked',
      message: `${query.key}: no workload was found that matches the annotations and names this entity in a label`,
      nextStep: `Set the label ${label} in metadata.labels of the Deployment, StatefulSet, DaemonSet or Rollout, and check ${KUBERNETES_ANNOTATIONS.namespace}.${precise}`,
    },
    // A cluster that fails as a whole is a problem of the provider.
    ...clusters
      .filter(({ hasWorkloads }) => hasWorkloads)
      .flatMap(cluster =>
        explainFailures(
          cluster.name,
          cluster.failures.filter(({ kind }) => isWorkload(kind)),
        ),
      ),
  ];
}

function isWorkload(kind: string): boolean {
  return Object.values(workloadKinds).some(workload => workload === kind);
}

function explainInvalid(invalid: {
  key: string;
  expected: string;
}): FleetProblem {
  return {
    code: 'invalid-annotation',
    message: `The annotation ${invalid.key} does not contain ${invalid.expected}`,
    nextStep: `Write ${invalid.expected}`,
  };
}

function explainCluster(): FleetProblem {
  const key = KUBERNETES_ANNOTATIONS.cluster;
  return {
    code: 'account-not-configured',
    message: `The annotation ${key} names a cluster that CloudTrace does not read`,
    nextStep: `Correct the name, or ask the platform team to add the cluster to kubernetes.clusterLocatorMethods`,
  };
}

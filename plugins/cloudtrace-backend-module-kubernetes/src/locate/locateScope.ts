import type { Entity } from '@backstage/catalog-model';
import {
  wordTexts,
  type FleetLocation,
  type FleetProblem,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { WatchedCluster } from '../clusters/WatchedCluster';
import { explainUnread } from '../problems/explainUnread';
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
  type InvalidAnnotation,
  type WorkloadQuery,
} from './readAnnotations';
import type { KnownScope } from './ScopeMemory';
import { workloadResource } from './workloadResource';

interface LocateContext extends KnownScope {
  clusters: readonly WatchedCluster[];
  /** Whether these are all clusters. */
  isClusterListRead: boolean;
  claims: ClaimRegistry;
  nowMs: number;
}

interface LocatedScope {
  locations: FleetLocation[];
  problems: FleetProblem[];
}

/** Finds the workloads of one environment of an entity, in all clusters. */
export function locateScope(context: LocateContext): LocatedScope {
  const { query } = context;
  const { entityRef, environment } = context.scope;
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
  if (clusters.length === 0 && query.cluster && context.isClusterListRead) {
    return { locations: [], problems: [explainUnknownCluster()] };
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
  { scope, isPrimary, isClusterListRead, nowMs }: LocateContext,
  query: WorkloadQuery,
  clusters: readonly WatchedCluster[],
): FleetProblem[] {
  // Workloads that name no environment appear in the primary one.
  if (!isPrimary && !query.isSpecific) return [];
  const { entity } = scope;
  const outdated = clusters.flatMap(cluster =>
    explainUnread(cluster.name, cluster.outdatedWorkloadsAt(new Date(nowMs))),
  );
  // Why workloads were never read is a problem of the cluster.
  const isComplete =
    isClusterListRead &&
    outdated.length === 0 &&
    clusters.every(({ unknownWorkloads }) => unknownWorkloads.length === 0);
  const isShareable = fitsLabel(entity);
  return [
    ...outdated,
    {
      code: 'not-linked',
      ...wordTexts({
        message: {
          code: isComplete
            ? 'kubernetes-not-linked'
            : 'kubernetes-not-linked-so-far',
          values: { annotation: query.key },
        },
        nextStep: {
          code: isShareable
            ? 'kubernetes-not-linked-shared-next'
            : 'kubernetes-not-linked-next',
          values: {
            label: `${KUBERNETES_ANNOTATIONS.id}: ${query.kubernetesId}`,
            namespace: KUBERNETES_ANNOTATIONS.namespace,
            ...(isShareable && {
              entityLabel: `${ENTITY_LABEL}: ${entityLabelOf(entity)}`,
            }),
          },
        },
      }),
    },
  ];
}

function explainInvalid({ key, expected }: InvalidAnnotation): FleetProblem {
  const coded = { code: expected, values: {} };
  return {
    code: 'invalid-annotation',
    ...wordTexts({
      message: {
        code: 'kubernetes-annotation-invalid',
        values: { annotation: key, expected: coded },
      },
      nextStep: {
        code: 'kubernetes-annotation-invalid-next',
        values: { expected: coded },
      },
    }),
  };
}

function explainUnknownCluster(): FleetProblem {
  return {
    code: 'account-not-configured',
    ...wordTexts({
      message: {
        code: 'kubernetes-cluster-not-configured',
        values: { annotation: KUBERNETES_ANNOTATIONS.cluster },
      },
      nextStep: {
        code: 'kubernetes-cluster-not-configured-next',
        values: {},
      },
    }),
  };
}

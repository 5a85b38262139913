import type { Entity } from '@backstage/catalog-model';
import {
  wordTexts,
  type CodedMessage,
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
import { consentOf, entityLabelOf, fitsLabel } from './consents';
import { explainElsewhere } from './explainElsewhere';
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
  const { environment } = context.scope;
  const all = clusters.flatMap(cluster =>
    [...workloadsOf(cluster, query, context)].map(each => ({
      ...each,
      cluster: cluster.name,
    })),
  );
  const found = all.filter(({ shownIn }) =>
    shownIn === undefined
      ? context.isPrimary || query.isSpecific
      : shownIn === environment,
  );
  const shown = found.filter(each => !each.isDisputed);
  const places = new Set(shown.map(placeOf));
  const locations = shown.map(({ cluster, name }) => ({
    scope: {
      entityRef: context.scope.entityRef,
      environment: context.scope.environment,
    },
    resource: workloadResource(cluster, name),
    locator: 'annotation' as const,
    detail: `${query.key}: ${query.value}`,
  }));
  // Only where a label proves that the entity belongs there: elsewhere, the
  // problem would reveal what other teams run.
  const isHidden = found.some(
    each => each.isDisputed && places.has(placeOf(each)),
  );
  if (isHidden) {
    return { locations, problems: [explainDispute(query, context)] };
  }
  return {
    locations,
    problems:
      locations.length > 0
        ? []
        : explainMissing(
            context,
            query,
            clusters,
            all.flatMap(each => (each.isDisputed ? [] : [each.shownIn])),
          ),
  };
}

function placeOf(found: { cluster: string; name: WorkloadName }): string {
  return `${found.cluster}/${found.name.namespace}`;
}

/** A workload that matches. */
interface FoundWorkload {
  name: WorkloadName;
  /** The environment that its label names. */
  shownIn: string | undefined;
  /** Whether entities of several owners claim it. */
  isDisputed: boolean;
}

/** The workloads that match in all environments, also those that are disputed. */
function* workloadsOf(
  cluster: WatchedCluster,
  query: WorkloadQuery,
  context: LocateContext,
): Generator<FoundWorkload> {
  const { entity } = context.scope;
  const { kubernetesId } = query;
  const { claims, nowMs } = context;
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
      if (name && namespace && query.matches(labels)) {
        const consent = consentOf({ labels, entity, kubernetesId });
        if (consent === 'none') continue;
        const isDisputed =
          consent === 'by-id' &&
          claims.isDisputed(
            { kubernetesId, cluster: cluster.name, namespace, labels },
            nowMs,
          );
        yield { name: { kind, namespace, name }, shownIn, isDisputed };
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
  { scope, isPrimary, isClusterListRead, claims, nowMs }: LocateContext,
  query: WorkloadQuery,
  clusters: readonly WatchedCluster[],
  shownIn: ReadonlyArray<string | undefined>,
): FleetProblem[] {
  const elsewhere = explainElsewhere(scope.environment, query, shownIn);
  // Workloads that name no environment appear in the primary one.
  if (!isPrimary && !query.isSpecific) {
    return shownIn.includes(undefined) ? elsewhere : [];
  }
  const { entity } = scope;
  const outdated = clusters.flatMap(cluster =>
    explainUnread(cluster.name, cluster.outdatedWorkloadsAt(new Date(nowMs))),
  );
  // Why workloads were never read is a problem of the cluster.
  const isComplete =
    isClusterListRead &&
    outdated.length === 0 &&
    clusters.every(({ unknownWorkloads }) => unknownWorkloads.length === 0);
  if (elsewhere.length > 0) return [...outdated, ...elsewhere];
  if (claims.isContested(query, entity, nowMs)) {
    return [...outdated, explainDispute(query, { scope })];
  }
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

/**
 * Names no other entity and no workload: the reader may not be allowed to see
 * them.
 */
function explainDispute(
  query: WorkloadQuery,
  { scope }: Pick<LocateContext, 'scope'>,
): FleetProblem {
  const label = `${KUBERNETES_ANNOTATIONS.id}: ${query.kubernetesId}`;
  const { entity } = scope;
  const nextStep: CodedMessage = fitsLabel(entity)
    ? {
        code: 'kubernetes-id-disputed-next',
        values: {
          entityLabel: `${ENTITY_LABEL}: ${entityLabelOf(entity)}`,
        },
      }
    : {
        code: 'kubernetes-id-disputed-long-next',
        values: { annotation: KUBERNETES_ANNOTATIONS.id },
      };
  return {
    code: 'not-linked',
    ...wordTexts({
      message: { code: 'kubernetes-id-disputed', values: { label } },
      nextStep,
    }),
  };
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

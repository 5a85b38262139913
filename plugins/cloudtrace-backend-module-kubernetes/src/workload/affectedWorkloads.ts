import type { WatchedCluster, ClusterChange } from '../clusters/WatchedCluster';
import type { ObjectStore } from '../store/ObjectStore';
import {
  nameOf,
  ownerUidsOf,
  ownLabelsOf,
  scaleTargetOf,
  textOf,
} from '../store/readers';
import { selectorOf, selects } from '../store/selects';
import { labelKeys, regardingOf } from '../store/storeIndexes';
import { podLabelsOf } from '../store/workloadLabels';
import { SERVICE_NAME_LABEL } from '../objects/labels';
import type { WatchedKind, WatchedObject } from '../objects/types';
import {
  allWorkloadKinds,
  isWorkloadKind,
  workloadKindOfWatched,
  workloadKinds,
  type WorkloadKind,
  type WorkloadName,
} from '../objects/workloadKinds';

/** A pod belongs to a revision, which belongs to a workload; malformed objects can own each other. */
const MAX_OWNERS = 4;

type Affected = readonly WorkloadName[];

/** The workloads that a change of an object can affect. */
export function affectedWorkloads(
  cluster: WatchedCluster,
  { kind, changes }: ClusterChange,
): WorkloadName[] {
  const found = new Map<string, WorkloadName>();
  for (const { before, after } of changes) {
    // An object can move, for example a Service to another selector.
    for (const object of [before, after]) {
      if (!object) continue;
      for (const name of affectedBy(cluster, kind, object)) {
        found.set(`${name.namespace}/${name.kind}/${name.name}`, name);
      }
    }
  }
  return [...found.values()];
}

function affectedBy(
  cluster: WatchedCluster,
  kind: WatchedKind,
  object: WatchedObject,
): Affected {
  const own = workloadKindOfWatched(kind);
  if (own) return toName(own, object);
  switch (kind) {
    case 'nodes':
      return ofNode(cluster, nameOf(object).name);
    case 'services':
      return ofService(cluster, object);
    case 'endpointslices':
      return ofSlice(cluster, object);
    case 'horizontalpodautoscalers':
    case 'scaledobjects':
      return ofScaler(object);
    case 'events':
      return ofEvent(cluster, object);
    default:
      return ofOwners(cluster, ownerUidsOf(object));
  }
}

function toName(kind: WorkloadKind, object: WatchedObject): Affected {
  const { namespace, name } = nameOf(object);
  return namespace && name ? [{ kind, namespace, name }] : [];
}

function ofOwners(
  cluster: WatchedCluster,
  uids: readonly string[],
  depth = 0,
): Affected {
  return uids.flatMap(uid => ofUid(cluster, uid, depth + 1));
}

/** Follows the owners of an object up to its workload. */
function ofUid(cluster: WatchedCluster, uid: string, depth = 0): Affected {
  if (depth > MAX_OWNERS) return [];
  for (const kind of allWorkloadKinds) {
    const [workload] = cluster.store(workloadKinds[kind]).find('uid', uid);
    if (workload) return toName(kind, workload);
  }
  for (const kind of ['replicasets', 'pods'] as const) {
    const [child] = cluster.store(kind).find('uid', uid);
    if (child) return ofOwners(cluster, ownerUidsOf(child), depth);
  }
  const owner = cluster.gone.ownerOf(uid);
  return owner ? ofUid(cluster, owner, depth + 1) : [];
}

function ofNode(cluster: WatchedCluster, node: string | undefined): Affected {
  const pods = node ? cluster.store('pods').find('node', node) : [];
  return pods.flatMap(pod => ofOwners(cluster, ownerUidsOf(pod)));
}

function ofService(cluster: WatchedCluster, service: WatchedObject): Affected {
  const byTemplate = allWorkloadKinds.flatMap(kind =>
    selectedBy(service, {
      store: cluster.store(workloadKinds[kind]),
      index: 'podLabel',
      labelsOf: podLabelsOf,
    }).flatMap(workload => toName(kind, workload)),
  );
  // Controllers add labels to pods that the template does not have.
  const owners = selectedBy(service, {
    store: cluster.store('pods'),
    index: 'label',
    labelsOf: ownLabelsOf,
  }).flatMap(ownerUidsOf);
  return [
    ...byTemplate,
    ...ofNamesake(cluster, service),
    ...ofOwners(cluster, [...new Set(owners)]),
  ];
}

/** A Service should select the workload that has its name, even if it does not. */
function ofNamesake(cluster: WatchedCluster, service: WatchedObject): Affected {
  const { namespace, name = '' } = nameOf(service);
  return allWorkloadKinds.flatMap(kind => {
    const workload = cluster.store(workloadKinds[kind]).get(namespace, name);
    return workload ? toName(kind, workload) : [];
  });
}

/** What a Service selects in a store, found by the rarest label. */
function selectedBy(
  service: WatchedObject,
  within: {
    store: ObjectStore;
    /** The index of the store by these labels. */
    index: string;
    labelsOf(object: WatchedObject): Record<string, string>;
  },
): WatchedObject[] {
  const selector = selectorOf(service);
  const [rarest = []] = labelKeys(nameOf(service).namespace, selector)
    .map(key => within.store.find(within.index, key))
    .sort((a, b) => a.length - b.length);
  return rarest.filter(object => selects(selector, within.labelsOf(object)));
}

function ofSlice(cluster: WatchedCluster, slice: WatchedObject): Affected {
  const name = ownLabelsOf(slice)[SERVICE_NAME_LABEL];
  const service =
    name && cluster.store('services').get(nameOf(slice).namespace, name);
  return service ? ofService(cluster, service) : [];
}

function ofScaler(scaler: WatchedObject): Affected {
  const { kind, name } = scaleTargetOf(scaler);
  const { namespace } = nameOf(scaler);
  return name && namespace && isWorkloadKind(kind)
    ? [{ kind, namespace, name }]
    : [];
}

function ofEvent(cluster: WatchedCluster, event: WatchedObject): Affected {
  const regarding = regardingOf(event);
  const name = textOf(regarding.name);
  if (regarding.kind === 'HorizontalPodAutoscaler' && name) {
    const hpa = cluster
      .store('horizontalpodautoscalers')
      .get(textOf(regarding.namespace), name);
    return hpa ? ofScaler(hpa) : [];
  }
  const uid = textOf(regarding.uid);
  return uid ? ofUid(cluster, uid) : [];
}

import type { WatchedCluster } from '../clusters/WatchedCluster';
import { nameOf, nodeNameOf, ownLabelsOf } from '../store/readers';
import { selectorOf, selects } from '../store/selects';
import { labelKeys, namedKey } from '../store/storeIndexes';
import { podLabelsOf } from '../store/workloadLabels';
import type {
  WatchedKind,
  WatchedObject,
  WorkloadObjects,
} from '../objects/types';
import { workloadKinds, type WorkloadName } from '../objects/workloadKinds';

/** Collects the objects of a workload; undefined if the workload does not exist. */
export function gatherObjects(
  cluster: WatchedCluster,
  name: WorkloadName,
): WorkloadObjects | undefined {
  const workload = cluster
    .store(workloadKinds[name.kind])
    .get(name.namespace, name.name);
  if (!workload) return undefined;
  const revisions = revisionsOf(cluster, workload);
  const pods = podsOf(cluster, [workload, ...revisions]);
  const nodes = nodesOf(cluster, pods);
  const services = servicesOf(cluster, workload, pods);
  const [hpa, ...otherHpas] = scalersOf(
    cluster,
    'horizontalpodautoscalers',
    name,
  );
  const [scaledObject] = scalersOf(cluster, 'scaledobjects', name);
  const scalers = [hpa, ...otherHpas, scaledObject];
  const about = [workload, ...revisions, ...pods, ...scalers];
  return {
    cluster: cluster.name,
    clockAheadMs: cluster.client.clockAheadMs,
    workload,
    revisions,
    pods,
    nodes,
    services,
    endpointSlices: services.flatMap(service => slicesOf(cluster, service)),
    hpa,
    otherHpas,
    scaledObject,
    events: eventsOf(cluster, about),
    usage: cluster.usage.of(name.namespace),
    freshAt: cluster.freshTimes,
  };
}

function revisionsOf(cluster: WatchedCluster, workload: WatchedObject) {
  return (['replicasets', 'controllerrevisions'] as const).flatMap(kind =>
    ownedBy(cluster, kind, workload),
  );
}

function podsOf(cluster: WatchedCluster, owners: readonly WatchedObject[]) {
  return owners.flatMap(owner => ownedBy(cluster, 'pods', owner));
}

/** Owners are in the same namespace; a reference from elsewhere is forged. */
function ownedBy(
  cluster: WatchedCluster,
  kind: WatchedKind,
  owner: WatchedObject,
): WatchedObject[] {
  const { uid, namespace } = nameOf(owner);
  const owned = uid ? cluster.store(kind).find('owner', uid) : [];
  return owned.filter(object => nameOf(object).namespace === namespace);
}

function nodesOf(cluster: WatchedCluster, pods: readonly WatchedObject[]) {
  const nodes = new Map<string, WatchedObject>();
  for (const pod of pods) {
    const name = nodeNameOf(pod);
    const node = name && cluster.store('nodes').get(undefined, name);
    if (name && node) nodes.set(name, node);
  }
  return nodes;
}

/**
 * Controllers add labels that the template does not have: Argo Rollouts the
 * hash of a revision, StatefulSets the name of the pod. Services select by them.
 */
function servicesOf(
  cluster: WatchedCluster,
  workload: WatchedObject,
  pods: readonly WatchedObject[],
) {
  const { namespace } = nameOf(workload);
  const labels = [podLabelsOf(workload), ...pods.map(ownLabelsOf)];
  const keys = new Set(labels.flatMap(each => labelKeys(namespace, each)));
  const store = cluster.store('services');
  const selecting = [...keys]
    .flatMap(key => store.find('selector', key))
    .filter(service => {
      const selector = selectorOf(service);
      return labels.some(each => selects(selector, each));
    });
  // Its selector may have stopped to match.
  const namesake = store.get(namespace, nameOf(workload).name ?? '');
  return [...new Set([...selecting, ...(namesake ? [namesake] : [])])];
}

function slicesOf(cluster: WatchedCluster, service: WatchedObject) {
  const { namespace, name = '' } = nameOf(service);
  return cluster
    .store('endpointslices')
    .find('service', namedKey(namespace, name));
}

/** By name: the order of the store depends on when each was last changed. */
function scalersOf(
  cluster: WatchedCluster,
  kind: WatchedKind,
  { namespace, kind: target, name }: WorkloadName,
): WatchedObject[] {
  const scalers = cluster
    .store(kind)
    .find('target', namedKey(namespace, target, name));
  return [...scalers].sort((a, b) =>
    (nameOf(a).name ?? '') < (nameOf(b).name ?? '') ? -1 : 1,
  );
}

function eventsOf(
  cluster: WatchedCluster,
  about: ReadonlyArray<WatchedObject | undefined>,
) {
  const uids = new Set<string>();
  for (const { uid, namespace } of about.flatMap(each =>
    each ? nameOf(each) : [],
  )) {
    // Pods and revisions that are gone still have events.
    if (uid) addWithGone(cluster, uids, { uid, namespace });
  }
  return [...uids].flatMap(uid =>
    cluster.store('events').find('regarding', uid),
  );
}

function addWithGone(
  cluster: WatchedCluster,
  uids: Set<string>,
  owner: { uid: string; namespace?: string },
) {
  if (uids.has(owner.uid)) return;
  uids.add(owner.uid);
  for (const uid of cluster.gone.ownedBy(owner)) {
    addWithGone(cluster, uids, { uid, namespace: owner.namespace });
  }
}

import type { WatchedCluster } from '../clusters/WatchedCluster';
import { nameOf, nodeNameOf, ownLabelsOf, recordOf } from '../store/readers';
import { selects } from '../store/selects';
import { namedKey, nodeEventsKey } from '../store/storeIndexes';
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
  const hpa = scalerOf(cluster, 'horizontalpodautoscalers', name);
  const scaledObject = scalerOf(cluster, 'scaledobjects', name);
  const about = [workload, ...revisions, ...pods, hpa, scaledObject];
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
    scaledObject,
    events: eventsOf(cluster, about, nodes.keys()),
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
  const labels = [podLabelsOf(workload), ...pods.map(ownLabelsOf)];
  return cluster
    .store('services')
    .find('namespace', nameOf(workload).namespace ?? '')
    .filter(({ spec }) => {
      const { selector } = recordOf(spec);
      return labels.some(each => selects(selector, each));
    });
}

function slicesOf(cluster: WatchedCluster, service: WatchedObject) {
  const { namespace, name = '' } = nameOf(service);
  return cluster
    .store('endpointslices')
    .find('service', namedKey(namespace, name));
}

function scalerOf(
  cluster: WatchedCluster,
  kind: WatchedKind,
  { namespace, kind: target, name }: WorkloadName,
): WatchedObject | undefined {
  const [scaler] = cluster
    .store(kind)
    .find('target', namedKey(namespace, target, name));
  return scaler;
}

function eventsOf(
  cluster: WatchedCluster,
  about: ReadonlyArray<WatchedObject | undefined>,
  nodeNames: Iterable<string>,
) {
  const uids = new Set(
    about.flatMap(object => (object && nameOf(object).uid) ?? []),
  );
  // Pods and revisions that are gone still have events.
  for (const uid of uids) {
    for (const gone of cluster.gone.ownedBy(uid)) uids.add(gone);
  }
  const keys = [...uids, ...[...nodeNames].map(nodeEventsKey)];
  return keys.flatMap(key => cluster.store('events').find('regarding', key));
}

import { SERVICE_NAME_LABEL } from '../objects/labels';
import type { WatchedKind, WatchedObject } from '../objects/types';
import type { IndexKeys } from './ObjectStore';
import {
  nameOf,
  nodeNameOf,
  ownerUidsOf,
  ownLabelsOf,
  recordOf,
  textOf,
} from './readers';
import { consentKeysOf } from './workloadLabels';

const workloadIndexes = {
  uid: byUid,
  namespace: byNamespace,
  consent: consentKeysOf,
};

/** Indexes of the stores, by kind and name. */
export const storeIndexes: Partial<
  Record<WatchedKind, Record<string, IndexKeys>>
> = {
  replicasets: { uid: byUid, owner: ownerUidsOf },
  controllerrevisions: { uid: byUid, owner: ownerUidsOf },
  pods: { uid: byUid, owner: ownerUidsOf, node: byNode, label: byLabel },
  services: { namespace: byNamespace },
  endpointslices: { service: byService },
  horizontalpodautoscalers: { uid: byUid, target: byTarget },
  scaledobjects: { uid: byUid, target: byTarget },
  deployments: workloadIndexes,
  statefulsets: workloadIndexes,
  daemonsets: workloadIndexes,
  rollouts: workloadIndexes,
  events: { regarding: byRegarding },
};

/** Index key of something that has a name in a namespace. */
export function namedKey(namespace: string | undefined, ...names: string[]) {
  return [namespace ?? '', ...names].join('/');
}

/** The object that an event is about. */
export function regardingOf(event: WatchedObject): Record<string, unknown> {
  return recordOf(event.involvedObject ?? event.regarding);
}

/** Index key of the events about an object: its uid, or for nodes the name. */
export function regardingKey(regarding: Record<string, unknown>): string[] {
  // The kubelet uses a node's name as the uid in its events.
  if (regarding.kind === 'Node') {
    const name = textOf(regarding.name);
    return name ? [nodeEventsKey(name)] : [];
  }
  const uid = textOf(regarding.uid);
  return uid ? [uid] : [];
}

/** Index key of the events about a node. */
export function nodeEventsKey(name: string): string {
  return `node/${name}`;
}

function byUid(object: WatchedObject): string[] {
  const { uid } = nameOf(object);
  return uid ? [uid] : [];
}

function byNamespace(object: WatchedObject): string[] {
  return [nameOf(object).namespace ?? ''];
}

function byNode(pod: WatchedObject): string[] {
  const name = nodeNameOf(pod);
  return name ? [name] : [];
}

function byLabel(pod: WatchedObject): string[] {
  const { namespace } = nameOf(pod);
  return Object.entries(ownLabelsOf(pod)).map(([name, value]) =>
    namedKey(namespace, name, value),
  );
}

function byService(slice: WatchedObject): string[] {
  const service = ownLabelsOf(slice)[SERVICE_NAME_LABEL];
  return service ? [namedKey(nameOf(slice).namespace, service)] : [];
}

function byTarget(scaler: WatchedObject): string[] {
  const { kind, name } = recordOf(recordOf(scaler.spec).scaleTargetRef);
  const targetName = textOf(name);
  if (!targetName) return [];
  // KEDA scales a Deployment unless the kind says otherwise.
  const targetKind = textOf(kind) ?? 'Deployment';
  return [namedKey(nameOf(scaler).namespace, targetKind, targetName)];
}

function byRegarding(event: WatchedObject): string[] {
  return regardingKey(regardingOf(event));
}

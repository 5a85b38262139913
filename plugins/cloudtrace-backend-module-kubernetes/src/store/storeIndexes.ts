import { SERVICE_NAME_LABEL } from '../objects/labels';
import type { WatchedKind, WatchedObject } from '../objects/types';
import type { IndexKeys } from './ObjectStore';
import {
  nameOf,
  nodeNameOf,
  ownerUidsOf,
  ownLabelsOf,
  recordOf,
  scaleTargetOf,
  textOf,
} from './readers';
import { selectorOf } from './selects';
import { consentKeysOf, podLabelsOf } from './workloadLabels';

const workloadIndexes = {
  uid: byUid,
  podLabel: byPodLabel,
  consent: consentKeysOf,
};

/** Indexes of the stores, by kind and name. */
export const storeIndexes: Partial<
  Record<WatchedKind, Record<string, IndexKeys>>
> = {
  replicasets: { uid: byUid, owner: ownerUidsOf },
  controllerrevisions: { uid: byUid, owner: ownerUidsOf },
  pods: { uid: byUid, owner: ownerUidsOf, node: byNode, label: byLabel },
  services: { selector: bySelector },
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

/** Index keys of labels in a namespace. */
export function labelKeys(
  namespace: string | undefined,
  labels: Readonly<Record<string, string>>,
): string[] {
  return Object.entries(labels).map(([name, value]) =>
    namedKey(namespace, name, value),
  );
}

/** The object that an event is about. */
export function regardingOf(event: WatchedObject): Record<string, unknown> {
  return recordOf(event.involvedObject ?? event.regarding);
}

function byUid(object: WatchedObject): string[] {
  const { uid } = nameOf(object);
  return uid ? [uid] : [];
}

function byNode(pod: WatchedObject): string[] {
  const name = nodeNameOf(pod);
  return name ? [name] : [];
}

function byLabel(pod: WatchedObject): string[] {
  return labelKeys(nameOf(pod).namespace, ownLabelsOf(pod));
}

function byPodLabel(workload: WatchedObject): string[] {
  return labelKeys(nameOf(workload).namespace, podLabelsOf(workload));
}

/** One label is enough to find a Service: pods need all labels of its selector. */
function bySelector(service: WatchedObject): string[] {
  return labelKeys(nameOf(service).namespace, selectorOf(service)).slice(0, 1);
}

function byService(slice: WatchedObject): string[] {
  const service = ownLabelsOf(slice)[SERVICE_NAME_LABEL];
  return service ? [namedKey(nameOf(slice).namespace, service)] : [];
}

function byTarget(scaler: WatchedObject): string[] {
  const { kind, name } = scaleTargetOf(scaler);
  return name ? [namedKey(nameOf(scaler).namespace, kind, name)] : [];
}

function byRegarding(event: WatchedObject): string[] {
  const uid = textOf(regardingOf(event).uid);
  return uid ? [uid] : [];
}

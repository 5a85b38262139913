import type { WatchedObject } from '../objects/types';

/** The value as an object; an empty one if it is anything else. */
export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** The value as a text; undefined if it is anything else or empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value as a list; an empty one if it is anything else. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Labels whose values are texts. */
export function labelsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(recordOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** What identifies an object. */
export interface ObjectName {
  name?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
}

/** Reads what identifies an object. */
export function nameOf(object: WatchedObject): ObjectName {
  const metadata = recordOf(object.metadata);
  return {
    name: textOf(metadata.name),
    namespace: textOf(metadata.namespace),
    uid: textOf(metadata.uid),
    resourceVersion: textOf(metadata.resourceVersion),
  };
}

/** Labels of an object itself. */
export function ownLabelsOf(object: WatchedObject): Record<string, string> {
  return labelsOf(recordOf(object.metadata).labels);
}

/** Name of the node of a pod. */
export function nodeNameOf(pod: WatchedObject): string | undefined {
  return textOf(recordOf(recordOf(pod).spec).nodeName);
}

/** Kind and name of what an HPA or a ScaledObject scales. */
export function scaleTargetOf(scaler: WatchedObject): {
  kind: string;
  name: string | undefined;
} {
  const { kind, name } = recordOf(recordOf(scaler.spec).scaleTargetRef);
  // KEDA scales a Deployment unless the kind says otherwise.
  return { kind: textOf(kind) ?? 'Deployment', name: textOf(name) };
}

/** The uids of an object's owners. */
export function ownerUidsOf(object: WatchedObject): string[] {
  return listOf(recordOf(object.metadata).ownerReferences).flatMap(
    owner => textOf(recordOf(owner).uid) ?? [],
  );
}

import type { WatchedKind, WatchedObject } from '../objects/types';
import { listOf, recordOf } from './readers';

type Fields = Record<string, unknown>;

/*
 * What the module keeps of an object. Everything else is dropped before it is
 * stored: most of an object is not needed, and environment variables,
 * annotations and the output of containers can contain secrets.
 */

const METADATA = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'finalizers',
  'labels',
  'ownerReferences',
];

const ANNOTATIONS = [
  'autoscaling.keda.sh/paused',
  'autoscaling.keda.sh/paused-replicas',
  'autoscaling.keda.sh/paused-scale-in',
  'autoscaling.keda.sh/paused-scale-out',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'rollout.argoproj.io/revision',
  'rollout.argoproj.io/revision-history',
];

const CONTAINER = [
  'name',
  'image',
  'resources',
  'readinessProbe',
  'restartPolicy',
];

const CONTAINER_STATUSES = [
  'containerStatuses',
  'initContainerStatuses',
  'ephemeralContainerStatuses',
];

const SCALED_OBJECT = [
  'scaleTargetRef',
  'minReplicaCount',
  'maxReplicaCount',
  'idleReplicaCount',
];

/** Settings of a KEDA trigger of type cron; those of others can contain credentials. */
const CRON_TRIGGER = ['start', 'end', 'timezone', 'desiredReplicas'];

const pruners: Partial<Record<WatchedKind, (object: WatchedObject) => Fields>> =
  {
    deployments: pruneWorkload,
    statefulsets: pruneWorkload,
    daemonsets: pruneWorkload,
    rollouts: pruneWorkload,
    replicasets: pruneWorkload,
    controllerrevisions: object => ({
      revision: object.revision,
      data: pruneRevisionData(recordOf(object.data)),
    }),
    pods: ({ spec, status }) => ({
      spec: prunePodSpec(recordOf(spec)),
      status: prunePodStatus(status),
    }),
    nodes: ({ spec, status }) => ({
      spec: pick(recordOf(spec), ['unschedulable']),
      status: pick(recordOf(status), ['conditions']),
    }),
    services: ({ spec }) => ({
      spec: pick(recordOf(spec), ['selector', 'ports']),
    }),
    endpointslices: object => pick(object, ['endpoints', 'ports']),
    scaledobjects: ({ spec, status }) => ({
      spec: pruneScaledObject(recordOf(spec)),
      status,
    }),
  };

/** Returns the object without what nothing reads. */
export function prune(kind: WatchedKind, object: WatchedObject): WatchedObject {
  const { managedFields: _, ...rest } = recordOf(object.metadata);
  const metadata = {
    ...pick(rest, METADATA),
    annotations: pick(recordOf(rest.annotations), ANNOTATIONS),
  };
  const content = pruners[kind]?.(object) ?? object;
  const { apiVersion, kind: name } = object;
  return { ...content, apiVersion, kind: name, metadata };
}

function pruneWorkload({ spec, status }: WatchedObject): Fields {
  const { template, volumeClaimTemplates: _, ...rest } = recordOf(spec);
  return { spec: { ...rest, template: pruneTemplate(template) }, status };
}

function pruneTemplate(template: unknown): Fields {
  const { metadata, spec } = recordOf(template);
  const { labels, annotations } = recordOf(metadata);
  return {
    metadata: { labels, annotations: pick(recordOf(annotations), ANNOTATIONS) },
    spec: prunePodSpec(recordOf(spec)),
  };
}

function prunePodSpec(spec: Fields): Fields {
  const containers = (value: unknown) =>
    listOf(value).map(container => pruneContainer(recordOf(container)));
  return {
    ...pick(spec, ['nodeName']),
    containers: containers(spec.containers),
    ...(spec.initContainers !== undefined && {
      initContainers: containers(spec.initContainers),
    }),
  };
}

function prunePodStatus(status: unknown): unknown {
  const kept: Fields = { ...recordOf(status) };
  for (const key of CONTAINER_STATUSES) {
    if (kept[key] === undefined) continue;
    kept[key] = listOf(kept[key]).map(value => {
      const container = recordOf(value);
      return {
        ...container,
        state: pruneState(container.state),
        lastState: pruneState(container.lastState),
      };
    });
  }
  return kept;
}

/** The message of a process that ended can be the end of its log. */
function pruneState(state: unknown): Fields {
  const { terminated, ...rest } = recordOf(state);
  if (terminated === undefined) return rest;
  const { message: _, ...end } = recordOf(terminated);
  return { ...rest, terminated: end };
}

function pruneContainer(container: Fields): Fields {
  const { readinessProbe, ...kept } = pick(container, CONTAINER);
  return readinessProbe === undefined
    ? kept
    : { ...kept, readinessProbe: pruneProbe(recordOf(readinessProbe)) };
}

/** Commands and headers of a probe can contain credentials. */
function pruneProbe(probe: Fields): Fields {
  const { httpGet, exec, ...rest } = probe;
  return {
    ...rest,
    ...(httpGet !== undefined && {
      httpGet: pick(recordOf(httpGet), ['path', 'port', 'scheme']),
    }),
    ...(exec !== undefined && { exec: {} }),
  };
}

function pruneRevisionData(data: Fields): Fields {
  return {
    spec: { template: pruneTemplate(recordOf(data.spec).template) },
  };
}

function pruneScaledObject(spec: Fields): Fields {
  return {
    ...pick(spec, SCALED_OBJECT),
    triggers: listOf(spec.triggers).map(value => {
      const trigger = recordOf(value);
      return {
        ...pick(trigger, ['type', 'name']),
        metadata: pick(recordOf(trigger.metadata), CRON_TRIGGER),
      };
    }),
  };
}

function pick(fields: Fields | WatchedObject, names: readonly string[]) {
  const kept: Fields = {};
  for (const name of names) {
    if (fields[name] !== undefined) kept[name] = fields[name];
  }
  return kept;
}

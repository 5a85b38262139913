import type { WatchedKind, WatchedObject } from '../objects/types';
import { listOf, recordOf } from './readers';

type Fields = Record<string, unknown>;

/*
 * What the module keeps of an object. Everything else is dropped before it is
 * stored: most of an object is not needed, and environment variables and
 * annotations can contain secrets.
 */

const METADATA = [
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'ownerReferences',
];

const ANNOTATIONS = [
  'autoscaling.keda.sh/paused',
  'autoscaling.keda.sh/paused-replicas',
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'kubectl.kubernetes.io/restartedAt',
  'kubernetes.io/change-cause',
  'rollout.argoproj.io/revision',
];

const CONTAINER = [
  'name',
  'image',
  'ports',
  'resources',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'restartPolicy',
];

const POD_SPEC = [
  'nodeName',
  'restartPolicy',
  'terminationGracePeriodSeconds',
  'priorityClassName',
  'readinessGates',
  'topologySpreadConstraints',
];

/** Trigger settings of KEDA; others can contain credentials. */
const TRIGGER_METADATA =
  /^(activation)?(lag)?threshold$|^(activation)?value$|^(metric|queue|topic|stream|subscription)(name|length|size)?$|^(consumergroup|metrictype|query|start|end|timezone|desiredreplicas)$/i;

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
      status,
    }),
    nodes: ({ spec, status }) => ({
      spec: pick(recordOf(spec), ['unschedulable', 'taints', 'providerID']),
      status: pick(recordOf(status), ['conditions', 'allocatable', 'nodeInfo']),
    }),
    services: ({ spec }) => ({
      spec: pick(recordOf(spec), ['selector', 'type', 'ports', 'clusterIP']),
    }),
    endpointslices: object =>
      pick(object, ['addressType', 'endpoints', 'ports']),
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
    ...pick(spec, POD_SPEC),
    containers: containers(spec.containers),
    ...(spec.initContainers !== undefined && {
      initContainers: containers(spec.initContainers),
    }),
  };
}

function pruneContainer(container: Fields): Fields {
  const kept = pick(container, CONTAINER);
  for (const name of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    if (kept[name]) kept[name] = pruneProbe(recordOf(kept[name]));
  }
  return kept;
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
    ...spec,
    triggers: listOf(spec.triggers).map(value => {
      const trigger = recordOf(value);
      const metadata = Object.entries(recordOf(trigger.metadata));
      return {
        ...pick(trigger, ['type', 'name', 'metricType']),
        metadata: Object.fromEntries(
          metadata.filter(([key]) => TRIGGER_METADATA.test(key)),
        ),
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

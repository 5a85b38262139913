import { kedaPolicies } from './kedaPolicies';
import { describe as nameOf, type Manifest } from './Manifest';
import type { Policy } from './Policy';
import { selects, workloadsOf, type Container, type Pods } from './workloads';

const POD_SECURITY =
  'https://kubernetes.io/docs/concepts/security/pod-security-standards/';

/** The longest a pod drains and ends: SHUTDOWN_DRAIN_MS and SHUTDOWN_TIMEOUT_MS of the service. */
const SHUTDOWN_SECONDS = 40;
const MAX_TOLERATION_SECONDS = 60;
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|PRIVATE_KEY|HEADERS/;
const SECRET_ADDRESS = /_ARN$|_FILE$|_BACKEND$/;

/** All rules. */
export const policies: readonly Policy[] = [
  everyPod(
    `${POD_SECURITY}#restricted`,
    'runs as root',
    ({ spec }) =>
      spec.securityContext?.runAsNonRoot === true &&
      spec.securityContext?.runAsUser > 0,
  ),
  everyPod(
    `${POD_SECURITY}#restricted`,
    'has no seccomp profile',
    ({ spec }) =>
      spec.securityContext?.seccompProfile?.type === 'RuntimeDefault',
  ),
  everyPod(
    `${POD_SECURITY}#baseline`,
    'shares something with its node',
    ({ spec }) =>
      !spec.hostNetwork &&
      !spec.hostPID &&
      !spec.hostIPC &&
      !(spec.volumes ?? []).some((volume: Manifest) => volume.hostPath),
  ),
  everyContainer(
    `${POD_SECURITY}#baseline`,
    'is privileged, or may become it',
    ({ securityContext }) =>
      securityContext?.privileged !== true &&
      securityContext?.allowPrivilegeEscalation === false,
  ),
  everyContainer(
    `${POD_SECURITY}#restricted`,
    'keeps capabilities',
    ({ securityContext }) =>
      JSON.stringify(securityContext?.capabilities) === '{"drop":["ALL"]}',
  ),
  everyContainer(
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    'can write to its root file system',
    ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true,
  ),
  everyContainer(
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'has an image without a digest',
    ({ image }) => /@sha256:[0-9a-f]{64}$/.test(image),
  ),
  everyContainer(
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'requests no CPU or memory, or has no limit of memory',
    ({ resources }) =>
      resources?.requests?.cpu &&
      resources.requests.memory &&
      resources.limits?.memory,
  ),
  everyPod(
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
    'has a token of the API server, which it does not call',
    ({ spec }) =>
      spec.automountServiceAccountToken === false &&
      spec.serviceAccountName !== undefined,
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'lacks a probe',
    ({ spec }) =>
      spec.containers.every(
        ({ startupProbe, livenessProbe, readinessProbe }: Container) =>
          startupProbe && livenessProbe && readinessProbe,
      ),
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'is restarted or taken out if a dependency fails',
    ({ spec }) =>
      spec.containers.every(
        ({ livenessProbe, readinessProbe }: Container) =>
          livenessProbe?.httpGet?.path === '/healthz/live' &&
          readinessProbe?.httpGet?.path === '/healthz/serving',
      ),
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    'is killed before it has drained',
    ({ spec }) => (spec.terminationGracePeriodSeconds ?? 30) > SHUTDOWN_SECONDS,
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/',
    'is not spread over zones',
    ({ spec, labels }) =>
      (spec.topologySpreadConstraints ?? []).some(
        (constraint: Manifest) =>
          constraint.topologyKey === 'topology.kubernetes.io/zone' &&
          selects(constraint.labelSelector, labels),
      ),
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/#taint-based-evictions',
    'stays for minutes on a node that does not answer',
    ({ spec }) =>
      ['not-ready', 'unreachable'].every(state =>
        (spec.tolerations ?? []).some(
          (toleration: Manifest) =>
            toleration.key === `node.kubernetes.io/${state}` &&
            toleration.effect === 'NoExecute' &&
            toleration.tolerationSeconds <= MAX_TOLERATION_SECONDS,
        ),
      ),
  ),
  everyService(
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment',
    'loses capacity in a rollout',
    ({ manifest }) =>
      manifest.spec.strategy?.rollingUpdate?.maxUnavailable === 0,
  ),
  everyService(
    'https://kubernetes.io/docs/tasks/run-application/configure-pdb/',
    'has no disruption budget, or one that blocks every drain',
    ({ labels }, manifests) =>
      manifests.filter(
        ({ kind, spec }) =>
          kind === 'PodDisruptionBudget' &&
          selects(spec.selector, labels) &&
          spec.maxUnavailable === 1 &&
          spec.unhealthyPodEvictionPolicy === 'AlwaysAllow',
      ).length === 1,
  ),
  everyService(
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    'has no autoscaler with a maximum above its minimum, has two, or has one that its manifest works against',
    ({ manifest }, manifests) =>
      manifests.filter(other => scales(other, manifest)).length === 1 &&
      manifests.some(other => boundsOf(other, manifest)) &&
      manifest.spec.replicas === undefined,
  ),
  everyPod(
    'https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic',
    'accepts or opens any connection',
    ({ labels, manifest }, manifests) => {
      const covering = manifests.filter(
        ({ kind, metadata, spec }) =>
          kind === 'NetworkPolicy' &&
          metadata.namespace === manifest.metadata.namespace &&
          selects(spec.podSelector, labels),
      );
      const types = covering.flatMap(({ spec }) => spec.policyTypes);
      return types.includes('Ingress') && types.includes('Egress');
    },
  ),
  {
    source:
      'https://kubernetes.io/docs/concepts/services-networking/network-policies/',
    find: manifests =>
      manifests
        .filter(({ kind, spec }) => kind === 'NetworkPolicy' && isOpen(spec))
        .map(manifest => `${nameOf(manifest)} allows every peer or port`),
  },
  {
    source:
      'https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets',
    find: manifests => [
      ...manifests
        .filter(({ kind }) => kind === 'Secret')
        .map(manifest => `${nameOf(manifest)} would be in the repository`),
      ...workloadsOf(manifests).flatMap(({ manifest, containers }) =>
        containers
          .flatMap(({ env = [] }) =>
            env.filter(({ name, value }: Container) =>
              looksSecret(name, value),
            ),
          )
          .map(({ name }: Container) => `${nameOf(manifest)} contains ${name}`),
      ),
      ...manifests
        .filter(({ kind }) => kind === 'ConfigMap')
        .flatMap(manifest =>
          Object.entries(manifest.data as Record<string, string>)
            .filter(([name, value]) => looksSecret(name, value))
            .map(([name]) => `${nameOf(manifest)} contains ${name}`),
        ),
    ],
  },
  {
    source: `${POD_SECURITY}#restricted`,
    find: manifests =>
      manifests
        .filter(
          ({ kind, metadata }) =>
            kind === 'Namespace' &&
            metadata.labels?.['pod-security.kubernetes.io/enforce'] !==
              'restricted',
        )
        .map(manifest => `${nameOf(manifest)} admits any pod`),
  },
  {
    source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
    find: manifests =>
      manifests
        .filter(
          ({ kind, rules }) =>
            kind === 'ClusterRole' &&
            /"\*"|"secrets"/.test(JSON.stringify(rules)),
        )
        .map(
          manifest => `${nameOf(manifest)} may do anything, or read secrets`,
        ),
  },
  everyPod(
    'docs/kubernetes.md',
    'is not linked to its catalog entity and environment',
    ({ labels, manifest }) =>
      [labels, manifest.metadata.labels ?? {}].every(
        found =>
          found['backstage.io/kubernetes-id'] &&
          found['cloudtrace.io/entity'] ===
            `default.${found['backstage.io/kubernetes-id']}` &&
          found['cloudtrace.io/environment'] &&
          found['app.kubernetes.io/name'],
      ),
  ),
  ...kedaPolicies,
];

type Holds = (pods: Pods, manifests: readonly Manifest[]) => unknown;

/** A rule about the pods of each Deployment and Job. */
function everyPod(source: string, problem: string, holds: Holds): Policy {
  return {
    source,
    find: manifests =>
      workloadsOf(manifests)
        .filter(pods => !holds(pods, manifests))
        .map(({ manifest }) => `${nameOf(manifest)} ${problem}`),
  };
}

/** A rule about the pods of each Deployment, which run until they are replaced. */
function everyService(source: string, problem: string, holds: Holds): Policy {
  return everyPod(
    source,
    problem,
    (pods, manifests) =>
      pods.manifest.kind !== 'Deployment' || holds(pods, manifests),
  );
}

function everyContainer(
  source: string,
  problem: string,
  holds: (container: Container) => unknown,
): Policy {
  return everyPod(source, problem, ({ containers }) => containers.every(holds));
}

/** Whether an object scales a workload. KEDA makes an autoscaler from its own, so a second one would work against it. */
function scales({ kind, spec }: Manifest, workload: Manifest): boolean {
  return (
    ['HorizontalPodAutoscaler', 'ScaledObject'].includes(kind) &&
    spec.scaleTargetRef.name === workload.metadata.name
  );
}

/** Whether an object scales a workload between two different bounds. */
function boundsOf(autoscaler: Manifest, workload: Manifest): boolean {
  if (!scales(autoscaler, workload)) return false;
  const { spec } = autoscaler;
  const lower = spec.minReplicas ?? spec.minReplicaCount;
  const upper = spec.maxReplicas ?? spec.maxReplicaCount;
  return lower >= 1 && upper > lower;
}

/** A rule without peers or ports allows all of them. */
function isOpen({ ingress = [], egress = [] }: Manifest): boolean {
  return [...ingress, ...egress].some(
    ({ from, to, ports }) => !(from ?? to)?.length || !ports?.length,
  );
}

function looksSecret(name: string, value: unknown): boolean {
  return Boolean(value) && SECRET_NAME.test(name) && !SECRET_ADDRESS.test(name);
}

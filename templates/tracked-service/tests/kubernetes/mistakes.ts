import { kedaMistakes } from './kedaMistakes';
import type { Manifest } from './Manifest';
import { inObject, type Mistake } from './Mistake';
import { workloadsOf, type Container } from './workloads';

/** At least one for each policy, and some that only the schemas notice. */
export const mistakes: readonly Mistake[] = [
  inPod('a pod that may run as root', /runs as root/, spec => {
    delete spec.securityContext.runAsNonRoot;
  }),
  inPod('the user 0', /runs as root/, spec => {
    spec.securityContext.runAsUser = 0;
  }),
  inPod('no seccomp profile', /no seccomp profile/, spec => {
    delete spec.securityContext.seccompProfile;
  }),
  inPod("the node's network", /shares something with its node/, spec => {
    spec.hostNetwork = true;
  }),
  inPod('a folder of the node', /shares something with its node/, spec => {
    spec.volumes.push({ name: 'node', hostPath: { path: '/' } });
  }),
  inContainer('a privileged container', /is privileged/, container => {
    container.securityContext.privileged = true;
  }),
  inContainer('privilege escalation', /may become it/, container => {
    delete container.securityContext.allowPrivilegeEscalation;
  }),
  inContainer('a capability', /keeps capabilities/, container => {
    container.securityContext.capabilities.add = ['NET_ADMIN'];
  }),
  inContainer('a writable root file system', /can write to its root/, c => {
    c.securityContext.readOnlyRootFilesystem = false;
  }),
  inContainer('an image with a tag', /image without a digest/, container => {
    container.image = 'registry.example.com/orders:1.2.3';
  }),
  inContainer('no limit of memory', /has no limit of memory/, container => {
    delete container.resources.limits;
  }),
  inContainer('no requests', /requests no CPU/, container => {
    delete container.resources.requests.cpu;
  }),
  inPod('a token of the API server', /has a token of the API/, spec => {
    delete spec.automountServiceAccountToken;
  }),
  inContainer('no readiness probe', /lacks a probe/, container => {
    delete container.readinessProbe;
  }),
  inContainer('a misspelt probe', /readynessProbe/, container => {
    container.readynessProbe = container.readinessProbe;
  }),
  inContainer('liveness that asks the database', /restarted or taken/, c => {
    c.livenessProbe.httpGet.path = '/healthz/ready';
  }),
  inContainer('readiness that asks the database', /restarted or taken/, c => {
    c.readinessProbe.httpGet.path = '/healthz/ready';
  }),
  inPod('the default grace period', /killed before it has drained/, spec => {
    delete spec.terminationGracePeriodSeconds;
  }),
  inPod('no spread over zones', /not spread over zones/, spec => {
    spec.topologySpreadConstraints.shift();
  }),
  inPod('a spread of other pods', /not spread over zones/, spec => {
    spec.topologySpreadConstraints[0].labelSelector.matchLabels = { a: 'b' };
  }),
  inPod('the default patience with a dead node', /stays for minutes/, spec => {
    spec.tolerations.pop();
  }),
  inObject('Deployment', 'a rollout with less capacity', /loses cap/, spec => {
    spec.strategy.rollingUpdate.maxUnavailable = 1;
  }),
  inObject('Deployment', 'a fixed number of pods', /works against/, spec => {
    spec.replicas = 2;
  }),
  inObject('Deployment', 'a number in words', /replicas must be int/, spec => {
    spec.replicas = 'two';
  }),
  inObject(
    'PodDisruptionBudget',
    'a budget that blocks drains',
    /blocks every drain/,
    spec => {
      spec.maxUnavailable = 0;
    },
  ),
  inObject(
    'PodDisruptionBudget',
    'a budget of other pods',
    /no disruption budget/,
    spec => {
      spec.selector.matchLabels = { a: 'b' };
    },
  ),
  inObject(
    'HorizontalPodAutoscaler',
    'an autoscaler that cannot scale',
    /no autoscaler with a maximum/,
    spec => {
      spec.maxReplicas = spec.minReplicas;
    },
  ),
  {
    name: 'no policy that denies connections',
    make: remove(
      ({ kind, metadata }) =>
        kind === 'NetworkPolicy' && metadata.name === 'deny-by-default',
    ),
    problem: /accepts or opens any connection/,
  },
  {
    name: 'a policy that allows everything',
    make: manifests => {
      const { spec } = manifests.find(
        ({ kind, metadata }) =>
          kind === 'NetworkPolicy' && metadata.name === 'data-stores',
      )!;
      delete spec.egress[0].to;
    },
    problem: /data-stores allows every peer/,
  },
  {
    name: 'a secret',
    make: manifests => {
      manifests.push({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'login' },
      });
    },
    problem: /Secret login would be in the repository/,
  },
  inContainer('a password in a variable', /contains DATABASE_PASS/, c => {
    c.env.push({ name: 'DATABASE_PASSWORD', value: 'secret' });
  }),
  {
    name: 'a token in the settings',
    make: manifests => {
      const map = manifests.find(({ kind }) => kind === 'ConfigMap')!;
      map.data.OTEL_EXPORTER_OTLP_HEADERS = 'Authorization=Bearer example';
    },
    problem: /contains OTEL_EXPORTER_OTLP_HEADERS/,
  },
  {
    name: 'a namespace that admits any pod',
    make: manifests => {
      const namespace = manifests.find(({ kind }) => kind === 'Namespace')!;
      namespace.metadata.labels = {};
    },
    problem: /admits any pod/,
  },
  {
    name: 'a role that may do anything',
    make: manifests => {
      const role = manifests.find(({ kind }) => kind === 'ClusterRole')!;
      role.rules[0].verbs = ['*'];
    },
    problem: /may do anything/,
  },
  {
    name: 'a workload of another entity',
    make: manifests => {
      const [{ labels }] = workloadsOf(manifests);
      labels['cloudtrace.io/entity'] = 'default.payments';
    },
    problem: /not linked to its catalog entity/,
  },
  inObject('ExternalSecret', 'an unknown field', /refreshIntervall/, spec => {
    spec.refreshIntervall = '1h';
  }),
  {
    name: 'a version of the API that ended',
    make: manifests => {
      const budget = manifests.find(
        ({ kind }) => kind === 'PodDisruptionBudget',
      )!;
      budget.apiVersion = 'policy/v1beta1';
    },
    problem: /there is no kind policy\/v1beta1\/PodDisruptionBudget/,
  },
  ...kedaMistakes,
];

function inPod(
  name: string,
  problem: RegExp,
  change: (spec: Container) => void,
): Mistake {
  return {
    name,
    problem,
    make: manifests => change(workloadsOf(manifests)[0].spec),
  };
}

function inContainer(
  name: string,
  problem: RegExp,
  change: (container: Container) => void,
): Mistake {
  return inPod(name, problem, spec => change(spec.containers[0]));
}

function remove(matches: (manifest: Manifest) => boolean): Mistake['make'] {
  return manifests => {
    manifests.splice(manifests.findIndex(matches), 1);
  };
}

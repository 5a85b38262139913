/** A Deployment that carries the label of an entity. */
export function deployment(
  name: string,
  options: {
    namespace?: string;
    labels?: Record<string, string>;
    podLabels?: Record<string, string>;
  } = {},
) {
  const { namespace = 'shop' } = options;
  const labels = options.labels ?? { 'backstage.io/kubernetes-id': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, uid: `${namespace}-${name}`, labels },
    spec: {
      replicas: 2,
      template: {
        metadata: { labels: options.podLabels ?? { app: name } },
        spec: {
          containers: [
            {
              name: 'api',
              image: 'shop/orders:1',
              env: [{ name: 'PASSWORD', value: 'secret' }],
            },
          ],
        },
      },
    },
    status: { replicas: 2 },
  };
}

/** A ReplicaSet of a Deployment. */
export function replicaSet(owner: string, namespace = 'shop') {
  const name = `${owner}-1`;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace,
      uid: `${namespace}-${name}`,
      ownerReferences: [{ kind: 'Deployment', uid: `${namespace}-${owner}` }],
    },
    spec: { replicas: 2 },
  };
}

/** A pod of a ReplicaSet of a Deployment. */
export function pod(owner: string, suffix: string, namespace = 'shop') {
  const name = `${owner}-1-${suffix}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `${namespace}-${name}`,
      labels: { app: owner },
      managedFields: [{ manager: 'kubelet' }],
      annotations: { token: 'secret' },
      ownerReferences: [{ kind: 'ReplicaSet', uid: `${namespace}-${owner}-1` }],
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        {
          name: 'api',
          image: 'shop/orders:1',
          env: [{ name: 'PASSWORD', value: 'secret' }],
        },
      ],
    },
    status: { phase: 'Running' },
  };
}

/** An event about an object. */
export function event(
  name: string,
  about: {
    kind: string;
    metadata: { name: string; namespace?: string; uid: string };
  },
) {
  const { namespace = 'default' } = about.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name, namespace, uid: `event-${name}` },
    involvedObject: {
      kind: about.kind,
      name: about.metadata.name,
      namespace: about.metadata.namespace,
      uid: about.metadata.uid,
    },
    reason: 'Killing',
    count: 1,
  };
}

import type { WatchedKind, WatchedObject } from '../objects/types';
import { prune } from './prune';

const container = {
  name: 'api',
  image: 'shop/orders:1',
  resources: { limits: { memory: '1Gi' } },
  env: [{ name: 'PASSWORD', value: 'secret' }],
  envFrom: [{ secretRef: { name: 'secret' } }],
  command: ['run', '--token=secret'],
  args: ['secret'],
  volumeMounts: [{ name: 'secret' }],
  readinessProbe: {
    periodSeconds: 5,
    httpGet: {
      path: '/healthz/ready',
      port: 8080,
      httpHeaders: [{ name: 'Authorization', value: 'secret' }],
    },
  },
  livenessProbe: { exec: { command: ['check', 'secret'] } },
};
const podSpec = {
  containers: [container],
  initContainers: [container],
  volumes: [{ name: 'secret' }],
};
const metadata = {
  name: 'orders',
  managedFields: [{ manager: 'secret' }],
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': 'secret',
    'deployment.kubernetes.io/revision': '7',
  },
};
const template = { metadata, spec: podSpec };

const objects: Array<[WatchedKind, WatchedObject]> = [
  ['pods', { metadata, spec: podSpec }],
  ['deployments', { metadata, spec: { replicas: 1, template } }],
  ['replicasets', { metadata, spec: { template } }],
  [
    'statefulsets',
    { metadata, spec: { template, volumeClaimTemplates: ['secret'] } },
  ],
  ['controllerrevisions', { metadata, data: { spec: { template } } }],
  [
    'scaledobjects',
    {
      metadata,
      spec: {
        triggers: [
          {
            type: 'rabbitmq',
            metadata: {
              queueName: 'orders',
              value: '10',
              host: 'amqp://user:secret@host',
              passwordFromEnv: 'secret',
            },
          },
        ],
      },
    },
  ],
];

it.each(objects)(
  'keeps nothing of %s that can be a credential',
  (kind, object) => {
    const text = JSON.stringify(prune(kind, object));
    expect(text).not.toContain('secret');
    expect(text).toContain('"deployment.kubernetes.io/revision":"7"');
  },
);

it.each(['pods', 'deployments', 'controllerrevisions'] as const)(
  'keeps images, limits and probes of %s',
  kind => {
    const [, object] = objects.find(([name]) => name === kind)!;
    const text = JSON.stringify(prune(kind, object));
    expect(text).toContain('"image":"shop/orders:1"');
    expect(text).toContain('"limits":{"memory":"1Gi"}');
    expect(text).toContain('"httpGet":{"path":"/healthz/ready","port":8080}');
    expect(text).toContain('"exec":{}');
  },
);

it('keeps the thresholds of KEDA triggers', () => {
  const [, object] = objects.at(-1)!;
  expect(prune('scaledobjects', object)).toMatchObject({
    spec: {
      triggers: [
        { type: 'rabbitmq', metadata: { queueName: 'orders', value: '10' } },
      ],
    },
  });
});

it.each([null, 7, 'text', [], {}])('accepts a spec that is %j', spec => {
  for (const [kind] of objects) {
    const object = { metadata: spec, spec, status: spec, data: spec };
    expect(() => prune(kind, object)).not.toThrow();
  }
});

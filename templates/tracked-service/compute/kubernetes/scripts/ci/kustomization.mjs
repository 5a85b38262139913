#!/usr/bin/env node
// @ts-check
/*
 * Writes a kustomization that adds to an overlay what only a deployment knows: kustomization.mjs NAME ENVIRONMENT IMAGE
 * TARGET_GROUP_ARN NETWORKS MIN_PODS MAX_PODS FOLDER. NETWORKS are those of the VPC, separated by commas. Reads the
 * service's environment variables as JSON from standard input. FOLDER, below the repository, has the certificate
 * authorities of the database in rds-ca.pem.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [
  name,
  environment,
  image,
  targetGroupArn,
  networks,
  minPodsText,
  maxPodsText,
  folder,
] = process.argv.slice(2);
const [, repository, digest] =
  /^(.+?)(?::[^/@]+)?@(sha256:[0-9a-f]{64})$/.exec(image ?? '') ?? [];
const ranges = (networks ?? '').split(',');
const areRanges = ranges.every(range => /^[\d.]+\/\d+$/.test(range));
const minPods = Number(minPodsText);
const maxPods = Number(maxPodsText);
const areBounds =
  Number.isInteger(minPods) &&
  Number.isInteger(maxPods) &&
  minPods >= 1 &&
  minPods <= maxPods;
if (!repository || !targetGroupArn || !areRanges || !areBounds || !folder) {
  console.error(
    'Usage: kustomization.mjs NAME ENVIRONMENT IMAGE@DIGEST TARGET_GROUP_ARN NETWORKS MIN_PODS MAX_PODS FOLDER',
  );
  process.exit(2);
}

/** @type {Record<string, string>} */
const variables = JSON.parse(readFileSync(0, 'utf8'));
const lines = Object.entries(variables).map(([key, value]) => {
  // A line of the file is all that Kustomize takes as a value.
  if (/[\r\n]/.test(value)) throw new Error(`${key} has more than one line`);
  return `${key}=${value}\n`;
});
writeFileSync(join(folder, 'service.env'), lines.join(''));

const namespace = `${name}-${environment}`;
const kustomization = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  // The order in which they are applied. The Load Balancer Controller gives a readiness gate only to pods that are created after
  // the target group's binding, and an autoscaler would find no Deployment before.
  sortOptions: {
    order: 'legacy',
    legacySortOptions: {
      orderFirst: [
        'Namespace',
        'ServiceAccount',
        'ConfigMap',
        'Service',
        'TargetGroupBinding',
      ],
      orderLast: ['Deployment', 'HorizontalPodAutoscaler', 'ScaledObject'],
    },
  },
  resources: [relative(folder, `deploy/kubernetes/overlays/${environment}`)],
  images: [{ name: 'local/service', newName: repository, digest }],
  configMapGenerator: [
    {
      name: 'service-environment',
      namespace,
      behavior: 'merge',
      envs: ['service.env'],
    },
    { name: 'database-authorities', namespace, files: ['rds-ca.pem'] },
  ],
  // By this variable, the service reports which image it runs.
  replacements: [
    {
      source: {
        kind: 'Deployment',
        name,
        fieldPath: 'spec.template.spec.containers.0.image',
      },
      targets: [
        {
          select: { kind: 'Deployment' },
          fieldPaths: [
            'spec.template.spec.containers.*.env.[name=SERVICE_IMAGE].value',
          ],
        },
      ],
    },
  ],
  patches: [
    // The bounds that the alarms of the infrastructure know. An overlay has one of these two autoscalers.
    replaceIn('HorizontalPodAutoscaler', {
      '/spec/minReplicas': minPods,
      '/spec/maxReplicas': maxPods,
    }),
    replaceIn('ScaledObject', {
      '/spec/minReplicaCount': minPods,
      '/spec/maxReplicaCount': maxPods,
      '/spec/fallback/replicas': minPods,
    }),
    replaceIn('TargetGroupBinding', {
      '/spec/targetGroupARN': targetGroupArn,
    }),
    replaceIn(
      'NetworkPolicy',
      {
        '/spec/ingress/0/from': ranges.map(cidr => ({ ipBlock: { cidr } })),
      },
      'requests',
    ),
  ],
};
// JSON is YAML.
writeFileSync(
  join(folder, 'kustomization.yaml'),
  `${JSON.stringify(kustomization, null, 2)}\n`,
);

/**
 * @param {string} kind
 * @param {Record<string, unknown>} values by their paths
 * @param {string | undefined} object its name
 */
function replaceIn(kind, values, object = name) {
  return {
    target: { kind, name: object },
    patch: JSON.stringify(
      Object.entries(values).map(([path, value]) => ({
        op: 'replace',
        path,
        value,
      })),
    ),
  };
}

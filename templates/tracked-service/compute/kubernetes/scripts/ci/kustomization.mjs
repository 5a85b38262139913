#!/usr/bin/env node
// @ts-check
/*
 * Writes a kustomization that adds to an overlay what only a deployment knows: kustomization.mjs NAME ENVIRONMENT IMAGE
 * TARGET_GROUP_ARN FOLDER. Reads the service's environment variables as JSON from standard input. FOLDER, below the
 * repository, has the certificate authorities of the database in rds-ca.pem.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [, , name, environment, image, targetGroupArn, folder] = process.argv;
const [, repository, digest] =
  /^(.+?)(?::[^/@]+)?@(sha256:[0-9a-f]{64})$/.exec(image ?? '') ?? [];
if (!repository || !targetGroupArn || !folder) {
  console.error(
    'Usage: kustomization.mjs NAME ENVIRONMENT IMAGE@DIGEST TARGET_GROUP_ARN FOLDER',
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
    {
      target: { kind: 'TargetGroupBinding' },
      patch: JSON.stringify([
        { op: 'replace', path: '/spec/targetGroupARN', value: targetGroupArn },
      ]),
    },
  ],
};
// JSON is YAML.
writeFileSync(
  join(folder, 'kustomization.yaml'),
  `${JSON.stringify(kustomization, null, 2)}\n`,
);

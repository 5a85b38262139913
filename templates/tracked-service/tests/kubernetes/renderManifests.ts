import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './Manifest';

/** What a deployment adds to the overlays of EKS. */
export const DEPLOYED = {
  name: 'orders',
  image: `111111111111.dkr.ecr.eu-central-1.amazonaws.com/orders@sha256:${'1'.repeat(
    64,
  )}`,
  targetGroupArn:
    'arn:aws:elasticloadbalancing:eu-central-1:111111111111:targetgroup/orders-production/0123456789abcdef',
  networks: ['10.20.0.0/16', '100.64.0.0/16'],
  minPods: 3,
  maxPods: 12,
  variables: {
    DATABASE_CA_FILE: '/etc/service/rds-ca.pem',
    DATABASE_HOST: 'orders.example.eu-central-1.rds.amazonaws.com',
    DATABASE_MIGRATE_ON_START: 'false',
    DATABASE_PORT: '5433',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=production',
  },
} as const;

/** The overlays of a repository: for EKS with what a deployment adds, and for other clusters as it is. */
export const OVERLAYS = ['staging', 'production', 'other-cluster'] as const;

/**
 * Renders an overlay of a repository as its pipeline does.
 *
 * @throws Error with what Kustomize says about a mistake.
 */
export function renderManifests(
  repository: string,
  overlay: (typeof OVERLAYS)[number],
): Manifest[] {
  const folder =
    overlay === 'other-cluster'
      ? `deploy/kubernetes/overlays/${overlay}`
      : addDeployment(repository, overlay);
  const text = run(repository, 'kubectl', ['kustomize', folder]);
  return parseAllDocuments(text).map(document => document.toJS() as Manifest);
}

function addDeployment(repository: string, environment: string): string {
  const folder = `reports/kubernetes-${environment}`;
  mkdirSync(join(repository, folder), { recursive: true });
  writeFileSync(
    join(repository, folder, 'rds-ca.pem'),
    '-----BEGIN CERTIFICATE-----\n',
  );
  const { name, image, targetGroupArn, networks, minPods, maxPods, variables } =
    DEPLOYED;
  run(
    repository,
    process.execPath,
    [
      'scripts/ci/kustomization.mjs',
      name,
      environment,
      image,
      targetGroupArn,
      networks.join(','),
      String(minPods),
      String(maxPods),
      folder,
    ],
    JSON.stringify(variables),
  );
  return folder;
}

function run(
  cwd: string,
  program: string,
  args: string[],
  input: string = '',
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

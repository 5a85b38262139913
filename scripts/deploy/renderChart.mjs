import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { rootDir } from '../lib/paths.mjs';
import { findHelm } from './findHelm.mjs';

export const CHART = join(rootDir, 'deploy/helm/cloudtrace-portal');
export const NAMESPACE = 'portal';
/** A Helm that was built from its sources believes that the cluster is very old. */
const KUBE_VERSION = '1.35.0';

const needed = {
  baseUrl: 'https://portal.example.com',
  image: {
    repository: 'registry.example.com/portal',
    digest: `sha256:${'0'.repeat(64)}`,
  },
};

/** Sets of values that together use every option. */
export const valueSets = {
  external: {
    ...needed,
    database: { host: 'db.example.com', port: 6432 },
    ingress: {
      enabled: true,
      className: 'nginx',
      tlsSecretName: 'portal-tls',
      annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
    },
    appConfig: { auth: { environment: 'production' } },
    serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn' } },
    extraVolumes: [{ name: 'ca', secret: { secretName: 'postgres-ca' } }],
    extraVolumeMounts: [{ name: 'ca', mountPath: '/certs', readOnly: true }],
  },
  citus: {
    ...needed,
    database: { host: 'coordinator.example.com', distributed: true },
    metrics: {
      enabled: true,
      serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
    },
    networkPolicy: {
      portalFrom: [
        {
          namespaceSelector: {
            matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' },
          },
        },
      ],
      ingestFrom: [{ namespaceSelector: {} }],
    },
  },
  trial: { ...needed, postgresql: { enabled: true } },
  oneRole: {
    ...needed,
    database: { host: 'db.example.com' },
    ingest: { enabled: false },
    ingress: {
      enabled: true,
      host: '*.example.com',
      annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '9m' },
    },
    networkPolicy: { enabled: false },
    serviceAccount: { name: 'existing' },
    // As YAML, these texts would be numbers.
    secretName: '123',
    portal: {
      nodeSelector: { pool: 'portal' },
      tolerations: [{ key: 'portal', operator: 'Exists' }],
      podAnnotations: {
        team: 'platform',
        'checksum/configuration': 'of the user',
      },
    },
    image: { ...needed.image, pullSecrets: [{ name: 'registry' }] },
  },
  fixedNumber: {
    ...needed,
    database: { host: 'db.example.com' },
    ingest: { autoscaling: { enabled: false }, replicas: 4 },
  },
  restricted: {
    ...needed,
    database: { host: 'db.example.com' },
    ingest: { enabled: false },
    networkPolicy: {
      portalFrom: [{ podSelector: { matchLabels: { app: 'ingress' } } }],
      ingestFrom: [{ podSelector: { matchLabels: { app: 'collector' } } }],
    },
  },
};

/** Runs a command of Helm on the chart with these values. */
export function helm(command, values, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    const { status, stdout, stderr } = spawnSync(
      findHelm(),
      [...command, '--values', file, '--namespace', NAMESPACE, ...args],
      { encoding: 'utf8' },
    );
    return { status, stdout, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The objects that the chart consists of with these values. */
export function renderChart(values) {
  const { status, stdout, stderr } = helm(
    ['template', 'main', CHART],
    values,
    ...['--kube-version', KUBE_VERSION],
  );
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout)
    .map(document => {
      if (document.errors.length > 0) throw document.errors[0];
      return document.toJS();
    })
    .filter(Boolean);
}

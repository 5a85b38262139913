#!/usr/bin/env node
// Asks a real API server what it says to the chart of the portal: strict
// validation of fields, and the restricted Pod Security Standard.
//
//   KUBE_BIN=/folder/of/binaries yarn chart:api-server
//
// needs `helm`, `kubectl`, and `etcd` and `kube-apiserver` in the PATH or in
// that folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { findHelm } from './deploy/findHelm.mjs';
import { NAMESPACE, renderChart, valueSets } from './deploy/renderChart.mjs';

const found = name => spawnSync('which', [name]).status === 0;
const missing = [
  ...(findHelm() ? [] : ['helm']),
  ...(found('kubectl') ? [] : ['kubectl']),
  ...(process.env.KUBE_BIN || found('kube-apiserver')
    ? []
    : ['kube-apiserver']),
];
if (missing.length > 0) {
  console.log(`NOT RUN: ${missing.join(', ')} not found.`);
  process.exit(0);
}

const require = createRequire(import.meta.url);
require('@backstage/cli/config/nodeTransform.cjs');
const {
  startApiServer,
} = require('../plugins/cloudtrace-backend-module-kubernetes/scripts/apiServer/startApiServer.ts');

const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-chart-'));
const server = await startApiServer();
try {
  const kubeconfig = join(folder, 'kubeconfig.yaml');
  writeFileSync(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'local',
      contexts: [
        { name: 'local', context: { cluster: 'local', user: 'user' } },
      ],
      clusters: [
        {
          name: 'local',
          // The server signs its own certificate at each start.
          cluster: { server: server.url, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'user', user: { token: server.readerToken } }],
    }),
  );
  await server.admin.create(
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    {
      metadata: { name: 'dry-run' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: 'cluster-admin',
      },
      subjects: [{ kind: 'User', name: server.readerName }],
    },
  );
  await server.admin.create('/api/v1/namespaces', {
    metadata: {
      name: NAMESPACE,
      labels: {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      },
    },
  });
  const apply = objects => {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, objects.map(object => stringify(object)).join('---\n'));
    const { status, stdout, stderr } = spawnSync(
      'kubectl',
      [
        ...['--kubeconfig', kubeconfig, 'apply', '--server-side'],
        ...['--dry-run=server', '--validate=strict', '--filename', file],
      ],
      { encoding: 'utf8' },
    );
    return {
      accepted: status === 0 && !/warning/i.test(stderr),
      stdout,
      stderr,
    };
  };
  for (const [name, values] of Object.entries(valueSets)) {
    // Its definition belongs to another project.
    const objects = renderChart(values).filter(
      ({ kind }) => kind !== 'ServiceMonitor',
    );
    const { accepted, stderr } = apply(objects);
    console.log(
      `${accepted ? 'accepted' : 'REJECTED'} ${name}: ${
        objects.length
      } objects ${stderr}`,
    );
    if (!accepted) process.exitCode = 1;
  }
  const misspelt = renderChart(valueSets.external);
  const { spec } = misspelt.find(({ kind }) => kind === 'Deployment');
  spec.template.spec.containers[0].readynessProbe = {};
  const { accepted } = apply(misspelt);
  console.log(
    accepted ? 'ACCEPTED a misspelt probe' : 'rejected a misspelt probe',
  );
  if (accepted) process.exitCode = 1;
} finally {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}

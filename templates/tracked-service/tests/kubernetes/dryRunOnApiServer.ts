/**
 * Asks a real API server what it says to the manifests of all starters: strict validation of fields, the restricted Pod
 * Security Standard for each pod, and whether a second application would change anything.
 *
 *   KUBE_BIN=/folder/of/binaries yarn template:api-server
 *
 * needs `kubectl` in the PATH, and `etcd` and `kube-apiserver` there or in that folder.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stringify } from 'yaml';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- a script, which no package publishes
import {
  startApiServer,
  type RunningApiServer,
} from '../../../../plugins/cloudtrace-backend-module-kubernetes/scripts/apiServer/startApiServer';
import { ActionsRenderer } from '../../src/ActionsRenderer';
import { Report } from '../../src/tools/Report';
import { writeRendering } from '../../src/writeRendering';
import { customResources } from './checkSchemas';
import type { Manifest } from './Manifest';
import { OVERLAYS, renderManifests } from './renderManifests';
import { repositories } from './repositories';
import { workloadsOf } from './workloads';

const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-dry-run-'));
const kubeconfig = join(folder, 'kubeconfig.yaml');

main().then(
  failed => process.exit(failed ? 1 : 0),
  error => {
    console.error(error);
    process.exit(1);
  },
);

/** @returns whether a check failed */
async function main(): Promise<boolean> {
  const report = new Report();
  const server = await startApiServer();
  const renderer = await ActionsRenderer.start();
  try {
    await prepare(server);
    for (const [name, answers] of Object.entries(repositories)) {
      const repository = join(folder, name);
      writeRendering(await renderer.render(answers), repository);
      for (const overlay of OVERLAYS) {
        const manifests = renderManifests(repository, overlay);
        await checkOverlay(`${name}, ${overlay}`, manifests, report);
      }
    }
    report.print();
    return report.failed;
  } finally {
    await renderer.stop();
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Gives kubectl an account, and the API server the custom resources. */
async function prepare({
  url,
  admin,
  readerName,
  readerToken,
}: RunningApiServer): Promise<void> {
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
          cluster: { server: url, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'user', user: { token: readerToken } }],
    }),
  );
  await admin.create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata: { name: 'dry-run' },
    roleRef: {
      apiGroup: 'rbac.authorization.k8s.io',
      kind: 'ClusterRole',
      name: 'cluster-admin',
    },
    subjects: [{ kind: 'User', name: readerName }],
  });
  for (const { spec } of customResources) {
    const { names, group } = spec;
    await admin.create(
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      {
        metadata: { name: `${names.plural}.${group}` },
        spec: {
          ...spec,
          versions: spec.versions.map(version => ({
            ...version,
            served: true,
            storage: true,
          })),
        },
      },
    );
  }
  for (const { spec } of customResources) {
    const kind = `${spec.names.plural}.${spec.group}`;
    while (kubectl(['get', kind, '--all-namespaces']).status !== 0) {
      await delay(500);
    }
  }
}

async function checkOverlay(
  name: string,
  manifests: Manifest[],
  report: Report,
): Promise<void> {
  const { metadata } = manifests.find(({ kind }) => kind === 'Namespace')!;
  const file = write(manifests);
  kubectl(['create', 'namespace', metadata.name]);
  // As docs/compute.md says: a Job cannot be changed, and the one of another starter is there.
  kubectl([
    'delete',
    'job',
    'migrate',
    '--namespace',
    metadata.name,
    '--ignore-not-found',
  ]);
  const apply = (path: string, ...flags: string[]) =>
    kubectl([
      'apply',
      '--server-side',
      '--validate=strict',
      '--filename',
      path,
      ...flags,
    ]);

  await report.run(`dry run, ${name}`, async () =>
    problemsOf(apply(file, '--dry-run=server', '--force-conflicts')),
  );
  await report.run(`rejects a misspelt probe, ${name}`, async () => {
    const misspelt = structuredClone(manifests);
    const [container] = workloadsOf(misspelt)[0].spec.containers;
    container.readynessProbe = container.readinessProbe;
    const { status, text } = apply(
      write(misspelt),
      '--dry-run=server',
      '--force-conflicts',
    );
    return status !== 0 && text.includes('readynessProbe')
      ? []
      : [`accepted: ${text}`];
  });
  await report.run(`apply, ${name}`, async () =>
    problemsOf(apply(file, '--force-conflicts')),
  );
  await report.run(`no difference after that, ${name}`, async () =>
    problemsOf(
      kubectl([
        'diff',
        '--server-side',
        '--force-conflicts',
        '--filename',
        file,
      ]),
    ),
  );
  await report.run(`pods meet the restricted standard, ${name}`, async () =>
    workloadsOf(manifests).flatMap(({ manifest, labels, spec }) => {
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...manifest.metadata, labels },
        spec,
      };
      return problemsOf(apply(write([pod]), '--dry-run=server'));
    }),
  );
}

let files = 0;

function write(manifests: readonly Manifest[]): string {
  files += 1;
  const path = join(folder, `manifests-${files}.yaml`);
  writeFileSync(
    path,
    manifests.map(manifest => stringify(manifest)).join('---\n'),
  );
  return path;
}

function problemsOf({ status, text }: { status: number | null; text: string }) {
  return status === 0 ? [] : [text];
}

function kubectl(args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync('kubectl', args, {
    encoding: 'utf8',
    env: { ...process.env, KUBECONFIG: kubeconfig },
  });
  return { status, text: `${stdout}${stderr}` };
}

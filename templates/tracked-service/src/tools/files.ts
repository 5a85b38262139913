import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Report } from './Report';
import type { Rendering } from '../Scaffolder';
import { isInstalled, problemsOf, runTool } from './runTool';
import { linkPackages } from './linkPackages';

const pathsOf = (rendering: Rendering, pattern: RegExp) =>
  [...rendering.keys()].filter(path => pattern.test(path)).sort();

/** Checks every shell script, and every command of a workflow, with shellcheck. */
export async function checkShell(
  directory: string,
  rendering: Rendering,
  report: Report,
): Promise<string[]> {
  if (!isInstalled('shellcheck')) {
    report.skip('G1 shell: shellcheck is not installed');
    return [];
  }
  const scripts = pathsOf(rendering, /\.sh$/).filter(
    path => !path.startsWith('infra/'),
  );
  return problemsOf(
    'shellcheck',
    runTool('shellcheck', ['-x', '-P', 'SCRIPTDIR', '-P', '.', ...scripts], {
      cwd: directory,
    }),
  );
}

/** Checks every compose file with docker-compose itself; this needs no engine. */
export async function checkCompose(
  directory: string,
  rendering: Rendering,
  report: Report,
): Promise<string[]> {
  if (!isInstalled('docker-compose')) {
    report.skip('G1 compose: docker-compose is not installed');
    return [];
  }
  const paths = pathsOf(rendering, /(?:^|\/)docker-compose\.ya?ml$/);
  // Without --file, Docker Compose adds the override file by itself.
  const filesOf = (path: string) =>
    [path, path.replace('.yml', '.override.yml')]
      .filter(file => rendering.has(file))
      .flatMap(file => ['--file', file]);
  const problems = paths.map(path => {
    const text = rendering.get(path)!.content.toString('utf8');
    // Required variables get a dummy value.
    const required = [...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(m => m[1]);
    return problemsOf(
      `docker-compose --file ${path} config`,
      runTool('docker-compose', [...filesOf(path), 'config', '--quiet'], {
        cwd: directory,
        env: Object.fromEntries(required.map(name => [name, 'example'])),
      }),
    );
  });
  return (await Promise.all(problems)).flat();
}

/** Checks rules, their tests and the configuration with promtool. */
export async function checkPrometheus(
  directory: string,
  report: Report,
): Promise<string[]> {
  const folder = join(directory, 'monitoring/prometheus');
  if (!existsSync(folder)) {
    return [];
  }
  if (!isInstalled('promtool')) {
    report.skip('G1 Prometheus: promtool is not installed');
    return [];
  }
  const problems: string[] = [];
  const files = readdirSync(folder);
  for (const args of [
    ['check', 'config', 'prometheus.yaml'],
    ['check', 'rules', ...files.filter(file => file.endsWith('rules.yaml'))],
    [
      'test',
      'rules',
      ...files.filter(file => file.endsWith('rules.test.yaml')),
    ],
  ]) {
    problems.push(
      ...(await problemsOf(
        `promtool ${args.join(' ')}`,
        runTool('promtool', args, { cwd: folder }),
      )),
    );
  }
  return problems;
}

/** Checks JavaScript scripts against Node's types, and the Locust file with Python's compiler. */
export async function checkScripts(
  directory: string,
  rendering: Rendering,
  report: Report,
): Promise<string[]> {
  // The types of Node are among the service's packages.
  const problems = await linkPackages(directory);
  const scripts = pathsOf(rendering, /^(?:scripts|load)\/.*\.mjs$/);
  problems.push(
    ...(await problemsOf(
      'tsc --checkJs',
      runTool(
        process.execPath,
        [
          require.resolve('typescript/bin/tsc'),
          '--noEmit',
          '--checkJs',
          '--strict',
          '--target',
          'es2023',
          '--module',
          'nodenext',
          '--moduleResolution',
          'nodenext',
          '--types',
          'node',
          '--skipLibCheck',
          ...scripts,
        ],
        { cwd: directory },
      ),
    )),
  );
  const locust = pathsOf(rendering, /^load\/.*\.py$/);
  if (locust.length > 0 && isInstalled('python3')) {
    report.standIn(
      "G1 Locust: Python's compiler; Locust itself cannot be installed here",
    );
    problems.push(
      ...(await problemsOf(
        'python3 -m py_compile',
        runTool('python3', ['-m', 'py_compile', ...locust], { cwd: directory }),
      )),
    );
  }
  return problems;
}

/** Checks the catalog entry with the catalog's own rules. */
export function checkCatalogEntry(rendering: Rendering): string[] {
  const text = rendering.get('catalog-info.yaml')?.content.toString('utf8');
  const entity = parse(text ?? '');
  const problems: string[] = [];
  if (!/^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/.test(entity?.metadata?.name ?? '')) {
    problems.push('catalog-info.yaml has no valid name');
  }
  for (const field of ['type', 'lifecycle', 'owner']) {
    if (typeof entity?.spec?.[field] !== 'string') {
      problems.push(`catalog-info.yaml has no spec.${field}`);
    }
  }
  for (const [key, value] of Object.entries(
    entity?.metadata?.annotations ?? {},
  )) {
    if (typeof value !== 'string' || value === '') {
      problems.push(`catalog-info.yaml: the annotation ${key} is not a string`);
    }
  }
  return [...problems, ...checkNamespaces(rendering, entity)];
}

/** The portal shows only workloads in the namespace that the entity names. */
function checkNamespaces(
  rendering: Rendering,
  entity: { metadata?: { annotations?: Record<string, unknown> } } | null,
): string[] {
  return ['staging', 'production'].flatMap(environment => {
    const path = `deploy/kubernetes/overlays/${environment}/kustomization.yaml`;
    const overlay = rendering.get(path)?.content.toString('utf8');
    if (overlay === undefined) return [];
    const key = `backstage.io/kubernetes-namespace.${environment}`;
    const { namespace } = parse(overlay);
    return entity?.metadata?.annotations?.[key] === namespace
      ? []
      : [`catalog-info.yaml: the annotation ${key} is not ${namespace}`];
  });
}

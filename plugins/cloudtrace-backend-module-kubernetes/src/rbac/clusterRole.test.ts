import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parse } from 'yaml';
import { pathOf, watchCalls } from '../calls/watchCalls';
import { makeClusterRole } from './clusterRole';

const root = resolvePackagePath(
  '@cloudtrace/plugin-cloudtrace-backend-module-kubernetes',
);

function sources(folder: string): Array<{ path: string; text: string }> {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'testUtils' ? [] : sources(path);
    }
    return path.endsWith('.ts') && !path.endsWith('.test.ts')
      ? [{ path, text: readFileSync(path, 'utf8') }]
      : [];
  });
}

it('matches the ClusterRole in the documentation', () => {
  const file = join(root, '../../docs/kubernetes/cluster-role.yaml');
  // After a change of the table, run yarn generate:cluster-role
  expect(parse(readFileSync(file, 'utf8'))).toEqual(makeClusterRole());
});

it('allows exactly the calls of the table', () => {
  const allowed = makeClusterRole().rules.flatMap(
    ({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.flatMap(kind => verbs.map(verb => [group, kind, verb])),
      ),
  );
  const needed = watchCalls.flatMap(({ group, kind }) =>
    ['list', 'watch'].map(verb => [group, kind, verb]),
  );
  // Metrics cannot be watched.
  const polled = [['metrics.k8s.io', 'pods', 'list']];
  expect(allowed.sort()).toEqual([...needed, ...polled].sort());
});

it('only reads, and reads no secrets', () => {
  const { rules } = makeClusterRole();
  const verbs = rules.flatMap(rule => rule.verbs);
  const resources: string[] = rules.flatMap(rule => rule.resources);
  expect(verbs.filter(verb => !/^(get|list|watch)$/.test(verb))).toEqual([]);
  expect(resources).not.toContain('secrets');
  expect(resources).not.toContain('configmaps');
  expect(resources.join()).not.toContain('*');
});

it.each(watchCalls.map(call => [pathOf(call), call] as const))(
  'calls a path of the Kubernetes API: %s',
  (path, { group, version, kind, purpose }) => {
    expect(path).toBe(
      group ? `/apis/${group}/${version}/${kind}` : `/api/${version}/${kind}`,
    );
    expect(purpose).not.toBe('');
  },
);

it('is the only place that names paths of the API', () => {
  const offenders = sources(join(root, 'src')).filter(
    ({ path, text }) =>
      !path.endsWith('watchCalls.ts') && /['"`]\/(api|apis)\//.test(text),
  );
  expect(offenders.map(({ path }) => path)).toEqual([]);
});

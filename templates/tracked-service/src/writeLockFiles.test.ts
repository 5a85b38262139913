import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pruneLockFile } from '@cloudtrace/plugin-scaffolder-backend-module-cloudtrace';
import {
  lockFileOf,
  manifestOf,
  readStarters,
  type LockedSet,
} from './writeLockFiles';

jest.setTimeout(60_000);

/** No part, each part alone, and all parts: what pruning keeps for two parts is the union of both. */
function samplesOf(parts: readonly string[]): string[][] {
  return [
    [],
    ...parts.map(part => [part]),
    ...(parts.length > 1 ? [[...parts]] : []),
  ];
}

const readLock = (starter: string) =>
  JSON.parse(readFileSync(lockFileOf(starter), 'utf8'));

function pruned(set: LockedSet) {
  const manifest = { name: 'service', version: '0.1.0', ...manifestOf(set) };
  return { manifest, lock: pruneLockFile(readLock(set.starter), manifest) };
}

/** Asks npm whether it would install exactly these packages, without installing them. */
function askNpm(manifest: object, lock: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'cloudtrace-npm-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
    return execFileSync(
      'npm',
      ['ci', '--dry-run', '--offline', '--ignore-scripts', '--no-audit'],
      { cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sets = readStarters().flatMap(({ starter, parts }) =>
  samplesOf(parts).map(set => ({ starter, parts: set })),
);

describe('the lock files', () => {
  it.each(readStarters())(
    'of the starter $starter has exactly the dependencies of all of its parts (after a change: yarn template:locks)',
    set => {
      const { dependencies, devDependencies } = manifestOf(set);
      expect(readLock(set.starter).packages['']).toMatchObject({
        dependencies,
        devDependencies,
      });
    },
  );

  it.each(sets.map(set => [`${set.starter} ${set.parts.join('+')}`, set]))(
    'pass npm ci after pruning: %s',
    (_name, set) => {
      const { manifest, lock } = pruned(set as LockedSet);
      expect(askNpm(manifest, lock)).toMatch(/added \d+ packages/);
    },
  );

  it.each(readStarters().map(({ starter }) => starter))(
    'have one version of each OpenTelemetry package for %s: others would be a fifth of all files',
    starter => {
      const nested = Object.keys(readLock(starter).packages).filter(path =>
        /node_modules\/.*node_modules\/@opentelemetry\//.test(path),
      );
      expect(nested).toEqual([]);
    },
  );

  it('fail npm ci if a package is missing', () => {
    const { manifest, lock } = pruned(sets[0]);
    const { 'node_modules/pg-protocol': _removed, ...packages } =
      lock.packages as Record<string, object>;
    // With an empty cache, npm asks for the package before it can say that the lock file lacks it.
    expect(() => askNpm(manifest, { ...lock, packages })).toThrow(
      /Missing: pg-protocol|\/pg-protocol failed: cache mode/,
    );
  });
});

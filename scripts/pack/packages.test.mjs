import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import ts from 'typescript';
import { rootDir } from '../lib/paths.mjs';
import { publishedPackages } from './publishedPackages.mjs';

const packages = publishedPackages();
let workspace;

function run(...args) {
  execFileSync(process.execPath, args, { cwd: rootDir, stdio: 'pipe' });
}

before(() => {
  const cli = 'node_modules/@backstage/cli/bin/backstage-cli';
  // If all checks run, the check `types` has already built the declarations.
  if (!existsSync(join(rootDir, 'dist-types/plugins/cloudtrace/src'))) {
    run('node_modules/typescript-native/bin/tsc');
  }
  run(cli, 'repo', 'build');
  // Unlike `yarn pack`, this leaves the package.json of the sources unchanged.
  // It packs the same files.
  workspace = mkdtempSync(join(tmpdir(), 'cloudtrace-packages-'));
  run(cli, 'build-workspace', workspace, ...packages.map(({ name }) => name));
});

after(() => workspace && rmSync(workspace, { recursive: true, force: true }));

/** A packed package: its manifest and its files. */
function readPacked({ folder }) {
  const directory = join(workspace, 'plugins', folder);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(file => file.slice(directory.length + 1));
  const manifest = JSON.parse(
    readFileSync(join(directory, 'package.json'), 'utf8'),
  );
  return { directory, files, manifest };
}

/** Names of the packages that the files import, each with one importing file. */
function findImports({ directory, files, manifest }) {
  const importers = new Map();
  for (const file of files.filter(name => /\.(js|d\.ts)$/.test(name))) {
    const { importedFiles } = ts.preProcessFile(
      readFileSync(join(directory, file), 'utf8'),
      true,
      true,
    );
    for (const { fileName } of importedFiles) {
      if (/^(\.|node:)/.test(fileName)) continue;
      const name = fileName
        .split('/')
        .slice(0, fileName.startsWith('@') ? 2 : 1)
        .join('/');
      if (name === manifest.name || builtinModules.includes(name)) continue;
      importers.set(name, file);
    }
  }
  return importers;
}

function entryPoints({ main, types, module, exports = {} }) {
  const targets = Object.values(exports).flatMap(target =>
    typeof target === 'string' ? [target] : Object.values(target),
  );
  // The condition `backstage` names a kind of feature.
  const files = targets.filter(target => target.startsWith('./'));
  return [main, types, module, ...files].filter(Boolean);
}

for (const source of packages) {
  const { name, directory: sourceDir } = source;

  test(`${name} contains what its users need, and nothing else`, () => {
    const { directory, files, manifest } = readPacked(source);
    const optional = [
      existsSync(join(sourceDir, 'config.d.ts')) && 'config.schema.json',
      existsSync(join(sourceDir, 'migrations')) && 'migrations',
      existsSync(join(sourceDir, 'CHANGELOG.md')) && 'CHANGELOG.md',
    ].filter(Boolean);
    assert.deepEqual(
      [...new Set(files.map(file => file.split('/')[0]))].sort(),
      ['LICENSE', 'README.md', 'dist', 'package.json', ...optional].sort(),
    );
    assert.deepEqual(
      files.filter(file =>
        /\.test\.|testUtils|__fixtures__|(?<!\.d)\.tsx?$/.test(file),
      ),
      [],
    );
    assert.equal(
      readFileSync(join(directory, 'LICENSE'), 'utf8'),
      readFileSync(join(rootDir, 'LICENSE'), 'utf8'),
    );
    if (optional.includes('migrations')) {
      assert.deepEqual(
        readdirSync(join(directory, 'migrations')).sort(),
        readdirSync(join(sourceDir, 'migrations')).sort(),
      );
    }
    for (const target of entryPoints(manifest)) {
      assert.ok(existsSync(join(directory, target)), `${target} is missing`);
    }
  });

  test(`${name} is discovered with its role`, () => {
    const { manifest } = readPacked(source);
    const feature = {
      'frontend-plugin': '@backstage/FrontendPlugin',
      'backend-plugin': '@backstage/BackendFeature',
      'backend-plugin-module': '@backstage/BackendFeature',
    }[manifest.backstage.role];
    assert.equal(manifest.backstage.features?.['.'], feature);
  });

  test(`${name} declares everything that it imports`, () => {
    const packed = readPacked(source);
    const { dependencies = {}, peerDependencies = {} } = packed.manifest;
    const missing = [...findImports(packed)].filter(
      ([imported]) => !dependencies[imported] && !peerDependencies[imported],
    );
    assert.deepEqual(missing, []);
    for (const [dependency, range] of Object.entries(dependencies)) {
      if (!range.startsWith('workspace:')) continue;
      assert.ok(
        packages.some(other => other.name === dependency),
        `${dependency} is not published`,
      );
    }
  });
}

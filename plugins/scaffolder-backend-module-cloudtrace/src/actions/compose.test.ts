import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createComposeAction } from './compose';

const directory = temporaryDirectory();
let count = 0;

async function compose(files: Record<string, unknown>): Promise<string> {
  count += 1;
  const workspacePath = writeFiles(
    join(directory, String(count)),
    Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        JSON.stringify(content),
      ]),
    ),
  );
  await createComposeAction().handler(
    createMockActionContext({
      workspacePath,
      input: { name: 'orders', description: 'Takes orders', targetPath: '.' },
    }),
  );
  return workspacePath;
}

const base = {
  'package.json': {
    name: 'base',
    scripts: { build: 'tsc' },
    dependencies: { pg: '8.0.0' },
  },
  'package-lock.json': {
    name: 'base',
    lockfileVersion: 3,
    packages: { '': { name: 'base', dependencies: { pg: '8.0.0' } } },
  },
};

describe('cloudtrace:compose', () => {
  it('names the package and adds the scripts of the layers', async () => {
    const root = await compose({
      ...base,
      '.cloudtrace/parts/b/package.part.json': { scripts: { load: 'k6' } },
      '.cloudtrace/parts/a/package.part.json': {
        scripts: { drill: 'drill', build: 'tsc' },
      },
    });
    const text = readFileSync(join(root, 'package.json'), 'utf8');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(JSON.parse(text)).toEqual({
      name: 'orders',
      description: 'Takes orders',
      scripts: { build: 'tsc', drill: 'drill', load: 'k6' },
      dependencies: { pg: '8.0.0' },
    });
    const lock = JSON.parse(
      readFileSync(join(root, 'package-lock.json'), 'utf8'),
    );
    expect([lock.name, lock.packages[''].name]).toEqual(['orders', 'orders']);
    expect(existsSync(join(root, '.cloudtrace/parts'))).toBe(false);
  });

  it('adds the dependencies of the layers, sorted', async () => {
    const root = await compose({
      'package.json': base['package.json'],
      '.cloudtrace/parts/b/package.part.json': {
        dependencies: { uuid: '1.0.0', axios: '1.0.0' },
      },
      '.cloudtrace/parts/a/package.part.json': {
        dependencies: { axios: '1.0.0' },
        devDependencies: { vite: '1.0.0' },
      },
    });
    const manifest = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    expect(Object.entries(manifest.dependencies)).toEqual([
      ['axios', '1.0.0'],
      ['pg', '8.0.0'],
      ['uuid', '1.0.0'],
    ]);
    expect(manifest.devDependencies).toEqual({ vite: '1.0.0' });
  });

  it.each([
    [{ scripts: { build: 'esbuild' } }, 'but it is already "tsc"'],
    [{ dependencies: { pg: '9' } }, 'but it is already "8.0.0"'],
    [{ type: 'module' }, 'adds "type" to package.json'],
  ])('rejects the part %j', async (part, reason) => {
    await expect(
      compose({ ...base, '.cloudtrace/parts/a/package.part.json': part }),
    ).rejects.toThrow(reason);
  });

  it('rejects a lock file with other versions', async () => {
    await expect(
      compose({
        ...base,
        'package.json': { name: 'base', dependencies: { pg: '9.0.0' } },
      }),
    ).rejects.toThrow('package-lock.json has pg@8.0.0');
  });

  it('keeps only the locked packages that the dependencies need', async () => {
    const dev = { version: '1.0.0', integrity: 'sha512-1', dev: true };
    const root = await compose({
      'package.json': {
        name: 'base',
        dependencies: { pg: '8.0.0' },
        devDependencies: { tsx: '1.0.0' },
      },
      'package-lock.json': {
        name: 'base',
        lockfileVersion: 3,
        packages: {
          '': {
            name: 'base',
            dependencies: { pg: '8.0.0', valkey: '1.0.0' },
            devDependencies: { tsx: '1.0.0' },
          },
          'node_modules/pg': {
            version: '8.0.0',
            dependencies: { 'pg-types': '^2.0.0' },
            peerDependencies: { 'pg-native': '*' },
          },
          'node_modules/pg-types': { version: '1.0.0' },
          'node_modules/pg/node_modules/pg-types': { version: '2.0.0' },
          'node_modules/shared': { version: '1.0.0', integrity: 'sha512-1' },
          'node_modules/tsx': { ...dev, dependencies: { shared: '1.0.0' } },
          'node_modules/valkey': {
            version: '1.0.0',
            dependencies: { 'pg-types': '^1.0.0', shared: '1.0.0' },
          },
        },
      },
    });
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    expect(JSON.parse(lock).packages).toEqual({
      '': {
        name: 'orders',
        dependencies: { pg: '8.0.0' },
        devDependencies: { tsx: '1.0.0' },
      },
      'node_modules/pg': expect.objectContaining({ version: '8.0.0' }),
      'node_modules/pg/node_modules/pg-types': { version: '2.0.0' },
      'node_modules/shared': dev,
      'node_modules/tsx': expect.objectContaining({ dev: true }),
    });
  });

  it('requires a package.json', async () => {
    await expect(compose({ 'README.json': {} })).rejects.toThrow(
      'render the core first',
    );
  });
});

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareService } from './prepareService';

jest.setTimeout(60_000);

describe('prepareService', () => {
  let root: string;
  let source: string;
  let progress: string[];

  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args],
      { cwd: source, stdio: 'ignore' },
    );
  const commit = (files: Record<string, string>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(source, name, '..'), { recursive: true });
      writeFileSync(join(source, name), content);
    }
    git('add', '-A');
    git('commit', '--quiet', '--message', 'Change');
  };
  const prepare = (inPlaceBelow = '/nowhere') => {
    progress = [];
    return prepareService({
      name: 'orders',
      source,
      workDirectory: join(root, 'work'),
      inPlaceBelow,
      signal: new AbortController().signal,
      onProgress: message => progress.push(message.split(' ')[0]),
    });
  };

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'prepare-')));
    source = join(root, 'repository');
    mkdirSync(source);
    git('init', '--quiet');
    commit({
      '.gitignore': 'dist\nnode_modules\n',
      'package.json': JSON.stringify({
        name: 'orders',
        version: '1.0.0',
        scripts: {
          build: 'mkdir -p dist && cp src/main.js dist/main.js',
          preinstall: 'touch ran-an-install-script',
        },
      }),
      'package-lock.json': JSON.stringify({
        name: 'orders',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: { '': { name: 'orders', version: '1.0.0' } },
      }),
      'src/main.js': 'first',
    });
    mkdirSync(join(root, 'work'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('clones, installs without scripts and builds once, and again after a change', async () => {
    const { directory } = await prepare();
    const built = () => readFileSync(join(directory, 'dist/main.js'), 'utf8');
    expect(built()).toBe('first');
    expect(progress).toEqual(['cloning', 'installing', 'building']);
    expect(existsSync(join(directory, 'ran-an-install-script'))).toBe(false);
    await prepare();
    expect(progress).toEqual(['cloning']);
    commit({ 'src/main.js': 'second' });
    await prepare();
    expect(progress).toEqual(['cloning', 'building']);
    expect(built()).toBe('second');
    expect(existsSync(join(source, 'dist'))).toBe(false);
  });

  it('builds a workspace of this repository in place', async () => {
    expect(await prepare(root)).toEqual({ directory: source });
    expect(progress).toEqual(['building']);
    expect(existsSync(join(source, 'dist/main.js'))).toBe(true);
  });

  it('explains what is wrong with a repository', async () => {
    git('rm', '--quiet', 'src/main.js');
    git('commit', '--quiet', '--message', 'Break');
    await expect(prepare()).rejects.toThrow(/npm run --silent build" failed/);
    git('rm', '--quiet', 'package-lock.json');
    git('commit', '--quiet', '--message', 'Break more');
    await expect(prepare()).rejects.toThrow('has no package-lock.json');
    git('rm', '--quiet', 'package.json');
    git('commit', '--quiet', '--message', 'Break all');
    await expect(prepare()).rejects.toThrow('has no package.json');
  });
});

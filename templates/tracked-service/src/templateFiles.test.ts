import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplateFiles } from './templateFiles';

describe('readTemplateFiles', () => {
  const directory = mkdtempSync(join(tmpdir(), 'template-files-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('leaves out packages that are linked from another folder', () => {
    execFileSync('git', ['init', '--quiet', directory]);
    writeFileSync(join(directory, '.gitignore'), 'node_modules/\n');
    mkdirSync(join(directory, 'core'));
    mkdirSync(join(directory, 'packages'));
    writeFileSync(join(directory, 'core/package.json'), '{}');
    symlinkSync('../packages', join(directory, 'core/node_modules'));

    expect(readTemplateFiles(directory).map(({ path }) => path)).toEqual([
      'core/package.json',
    ]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blobId } from '../git/blobId';
import { runGit } from '../git/runGit';
import { ANSWERS_PATH, hashFiles } from '../repository/answersFile';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { describeUpdate, isChange, titleUpdate } from './describeUpdate';
import { decideChange } from './decideChange';
import { mergeUpdate } from './mergeUpdate';

const directory = temporaryDirectory();
const author = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

async function generate(
  root: string,
  version: string,
  files: Record<string, string>,
): Promise<string> {
  writeFiles(root, files);
  const record = {
    template: 'example',
    version,
    answers: {},
    files: await hashFiles(root),
  };
  return writeFiles(root, { [ANSWERS_PATH]: JSON.stringify(record) });
}

const lines = (...changed: string[]) =>
  Array.from({ length: 20 }, (_, i) => changed[i] ?? `line ${i}`).join('\n');

describe('decideChange', () => {
  it.each([
    ['untouched, unchanged', 'a', 'a', 'a', 'none'],
    ['untouched, changed by the template', 'a', 'a', 'b', 'write'],
    ['untouched, dropped by the template', 'a', 'a', undefined, 'delete'],
    ['edited, unchanged by the template', 'a', 'x', 'a', 'none'],
    ['edited to what the template wants', 'a', 'b', 'b', 'none'],
    ['edited and changed by the template', 'a', 'x', 'b', 'merge'],
    ['edited, dropped by the template', 'a', 'x', undefined, 'keep'],
    ['deleted, changed by the template', 'a', undefined, 'b', 'none'],
    ['new in the template', undefined, undefined, 'b', 'write'],
    ['new in the template, and someone added one', undefined, 'x', 'b', 'keep'],
  ])('%s', (_, generated, current, next, change) => {
    expect(decideChange({ generated, current, next })).toBe(change);
  });
});

describe('describeUpdate', () => {
  const nothing = { written: [], deleted: [], merged: [], conflicts: [] };
  const same = { from: '1.0.0', to: '1.0.0' };
  const newer = { from: '1.0.0', to: '2.0.0' };

  it('reports that nothing changed, and creates no branch', () => {
    expect(isChange(nothing, same)).toBe(false);
    expect(describeUpdate(nothing, same)).toMatch(
      /^Nothing to do:.*version 1\.0\.0 of its template.*No branch was created\.$/,
    );
  });

  it('does not mention another version if there is none', () => {
    const result = { ...nothing, written: ['a.txt'] };
    expect(isChange(result, same)).toBe(true);
    expect(titleUpdate(same)).toBe(
      'Apply what version 1.0.0 of the template now generates',
    );
    const description = describeUpdate(result, same);
    expect(description).toMatch(/is already at version 1\.0\.0[^]*`a\.txt`/);
    expect(description).not.toMatch(/from version/);
  });

  it('reports if a new version only changes the record', () => {
    expect(isChange(nothing, newer)).toBe(true);
    expect(titleUpdate(newer)).toBe('Update to version 2.0.0 of the template');
    expect(describeUpdate(nothing, newer)).toMatch(
      /^Version 2\.0\.0 of the template generates the same files as 1\.0\.0/,
    );
  });
});

describe('mergeUpdate', () => {
  it('applies the new version without overwriting manual edits', async () => {
    const current = await generate(join(directory, 'current'), '1.0.0', {
      'plain.txt': 'old\n',
      'edited.txt': 'old\n',
      'merged.txt': lines(),
      'conflict.txt': 'old\n',
      'removed.txt': 'old\n',
      'dropped.txt': 'old\n',
    });
    await runGit(current, ['init', '--quiet', '-b', 'main']);
    await runGit(current, ['add', '--all']);
    await runGit(current, ['commit', '--quiet', '-m', 'Create'], author);
    writeFiles(current, {
      'edited.txt': 'mine\n',
      'merged.txt': lines('mine at the top'),
      'conflict.txt': 'mine\n',
      'own.txt': 'mine\n',
    });
    await runGit(current, ['rm', '--quiet', '-f', 'removed.txt']);
    const next = lines().replace('line 19', 'theirs at the bottom');
    const rendered = await generate(join(directory, 'rendered'), '2.0.0', {
      'plain.txt': 'new\n',
      'edited.txt': 'old\n',
      'merged.txt': next,
      'conflict.txt': 'theirs\n',
      'removed.txt': 'new\n',
      'own.txt': 'theirs\n',
      'added.txt': 'new\n',
    });

    const change = join(directory, 'change');
    const result = await mergeUpdate(current, rendered, change);

    expect(result).toEqual({
      written: ['added.txt', 'plain.txt'],
      deleted: ['dropped.txt'],
      merged: ['merged.txt'],
      conflicts: ['conflict.txt', 'own.txt'],
    });
    const read = (path: string) => readFileSync(join(change, path), 'utf8');
    expect(read('plain.txt')).toBe('new\n');
    expect(read('merged.txt')).toBe(
      lines('mine at the top').replace('line 19', 'theirs at the bottom'),
    );
    expect(read('.cloudtrace/generated/conflict.txt')).toBe('theirs\n');
    expect(read('.cloudtrace/generated/own.txt')).toBe('theirs\n');
    for (const path of [
      'conflict.txt',
      'own.txt',
      'edited.txt',
      'removed.txt',
    ]) {
      expect(existsSync(join(change, path))).toBe(false);
    }
    expect(JSON.parse(read(ANSWERS_PATH))).toMatchObject({
      version: '2.0.0',
      files: { 'merged.txt': blobId(Buffer.from(next)) },
    });
    expect(describeUpdate(result, { from: '1.0.0', to: '2.0.0' })).toMatch(
      /from version 1\.0\.0[^]*To merge manually[^]*`conflict\.txt`[^]*Merged[^]*`merged\.txt`/,
    );
  });

  it('rejects a record that leads out of the repository', async () => {
    const current = await generate(join(directory, 'hostile'), '1.0.0', {
      'a.txt': '',
    });
    const rendered = await generate(join(directory, 'fresh'), '2.0.0', {
      'a.txt': '',
    });
    writeFiles(current, {
      [ANSWERS_PATH]: JSON.stringify({
        template: 'example',
        version: '1.0.0',
        answers: {},
        files: { '../../etc/passwd': 'a' },
      }),
    });
    await expect(
      mergeUpdate(current, rendered, join(directory, 'change-2')),
    ).rejects.toThrow(
      'Relative path is not allowed to refer to a directory outside its parent',
    );
  });
});

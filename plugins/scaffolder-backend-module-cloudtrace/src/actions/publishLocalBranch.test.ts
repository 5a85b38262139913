import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { LocalRepository } from '../git/LocalRepository';
import { runGit } from '../git/runGit';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createPublishLocalBranchAction } from './publishLocalBranch';

const directory = temporaryDirectory();
const repositories = join(directory, 'repositories');
const BRANCH = 'cloudtrace/update-2.0.0';
const author = {
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};
let count = 0;

/** Publishes a change like a task, from a clone in its own workspace. */
async function publishBranch(files: Record<string, string>) {
  count += 1;
  const workspacePath = join(directory, `workspace-${count}`);
  mkdirSync(workspacePath);
  await runGit(workspacePath, [
    'clone',
    '--quiet',
    join(repositories, 'orders'),
    'current',
  ]);
  writeFiles(join(workspacePath, 'change'), files);
  const context = {
    ...createMockActionContext(),
    workspacePath,
    input: {
      name: 'orders',
      branch: BRANCH,
      message: `Update ${count}`,
      clonePath: './current',
      changePath: './change',
      deleted: ['old.txt'],
    },
    user: { ref: 'user:default/ada' },
  };
  const config = mockServices.rootConfig({
    data: { cloudtrace: { scaffolder: { localRepositories: repositories } } },
  });
  await createPublishLocalBranchAction({ config }).handler(context);
}

describe('cloudtrace:publish:local:branch', () => {
  it('replaces its own branch, but not one with commits by others', async () => {
    const source = writeFiles(join(directory, 'source'), {
      'a.txt': 'one\n',
      'old.txt': 'old\n',
    });
    const repository = new LocalRepository(repositories, 'orders');
    await repository.create(source, { message: 'Create it', author });
    const main = await repository.git(['rev-parse', 'main']);

    await publishBranch({ 'a.txt': 'two\n' });
    await publishBranch({ 'a.txt': 'three\n' });
    expect(await repository.git(['show', `${BRANCH}:a.txt`])).toBe('three\n');
    expect(
      await repository.git(['log', '--format=%s', `main..${BRANCH}`]),
    ).toBe('Update 2\n');
    expect(await repository.git(['ls-tree', '--name-only', BRANCH])).toBe(
      'a.txt\n',
    );
    expect(await repository.git(['rev-parse', 'main'])).toBe(main);

    const mine = join(directory, 'mine');
    await runGit(directory, [
      'clone',
      '--quiet',
      '-b',
      BRANCH,
      repository.directory,
      mine,
    ]);
    writeFiles(mine, { 'a.txt': 'by hand\n' });
    await runGit(mine, ['commit', '--quiet', '-a', '-m', 'Resolve'], author);
    await runGit(mine, ['push', '--quiet']);
    await expect(publishBranch({ 'a.txt': 'four\n' })).rejects.toThrow(
      /has 2 commits that are not in the branch checked out there: merge or delete it/,
    );
    expect(await repository.git(['show', `${BRANCH}:a.txt`])).toBe('by hand\n');
  });
});

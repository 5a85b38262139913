import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { runGit } from '../git/runGit';
import { temporaryDirectory } from '../testUtils/temporaryDirectory';
import { writeFiles } from '../testUtils/writeFiles';
import { createPublishLocalAction } from './publishLocal';

const directory = temporaryDirectory();
const repositories = join(directory, 'repositories');
let count = 0;

async function publish(
  name: string,
  files: Record<string, string>,
  options: { isDryRun?: boolean; folder?: string } = {},
) {
  count += 1;
  const config = mockServices.rootConfig({
    data: {
      cloudtrace: {
        scaffolder: { localRepositories: options.folder ?? repositories },
      },
    },
  });
  const context = {
    ...createMockActionContext(),
    workspacePath: writeFiles(join(directory, `workspace-${count}`), files),
    input: { name, commitMessage: 'Create it', sourcePath: '.' },
    isDryRun: options.isDryRun,
    user: { ref: 'user:default/ada' },
  };
  await createPublishLocalAction({ config }).handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls) as Record<
    string,
    string
  >;
}

describe('cloudtrace:publish:local', () => {
  it('creates a repository that can be cloned, with one commit by the user', async () => {
    const output = await publish('orders', {
      'README.md': '# Orders\n',
      '.gitignore': '.env\n',
      'src/main.ts': 'export {};\n',
    });
    expect(output.directory).toBe(join(repositories, 'orders'));
    const clone = join(directory, 'clone');
    await runGit(directory, ['clone', '--quiet', output.remoteUrl, clone]);
    expect(readdirSync(clone).sort()).toEqual([
      '.git',
      '.gitignore',
      'README.md',
      'src',
    ]);
    const log = await runGit(clone, ['log', '--format=%H|%an|%s|%D']);
    expect(log.trim()).toBe(
      `${output.commitHash}|user:default/ada|Create it|HEAD -> main, origin/main, origin/HEAD`,
    );
  });

  it('is idempotent, and rejects other content under the same name', async () => {
    const files = { 'a.txt': 'one\n' };
    const first = await publish('twice', files);
    // Someone worked in it meanwhile.
    writeFiles(first.directory, { 'b.txt': 'two\n' });
    await runGit(first.directory, ['add', '--all']);
    await runGit(first.directory, ['commit', '--quiet', '-m', 'More'], {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b',
    });
    expect((await publish('twice', files)).commitHash).toBe(first.commitHash);
    await expect(publish('twice', { 'a.txt': 'other\n' })).rejects.toThrow(
      'with other content: choose another name',
    );
    // No partial repository is left behind.
    expect(
      readdirSync(repositories).filter(f => f.includes('partial')),
    ).toEqual([]);
  });

  it.each(['../evil', 'a/b', '.git', 'A', '', 'x"y', '$(id)'])(
    'rejects the name %j',
    async name => {
      await expect(publish(name, { 'a.txt': '' })).rejects.toThrow(
        'cannot be the name of a local repository',
      );
    },
  );

  it('explains what to do if nothing can be created, and works when it runs again', async () => {
    rmSync(repositories, { recursive: true, force: true });
    // A file in place of the folder: no user can create anything in it, not even root.
    writeFileSync(repositories, '');
    await expect(publish('blocked', { 'a.txt': '' })).rejects.toThrow(
      /No repository can be created in .*nothing was created.*run this task again/,
    );
    rmSync(repositories);
    const { commitHash } = await publish('blocked', { 'a.txt': '' });
    expect(commitHash).toMatch(/^[0-9a-f]{40}$/);
  });

  it('leaves nothing in a dry run, and reports if local repositories are off', async () => {
    await publish('dry', { 'a.txt': '' }, { isDryRun: true });
    expect(existsSync(join(repositories, 'dry'))).toBe(false);
    const action = createPublishLocalAction({
      config: mockServices.rootConfig({ data: {} }),
    });
    await expect(
      action.handler(
        createMockActionContext({ input: { name: 'x' } as never }),
      ),
    ).rejects.toThrow('set cloudtrace.scaffolder.localRepositories');
  });
});

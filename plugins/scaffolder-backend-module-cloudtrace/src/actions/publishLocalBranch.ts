import { cp, rm } from 'node:fs/promises';
import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { requireLocalRepositories } from '../config';
import { authorEnvironment } from '../git/author';
import { LocalRepository } from '../git/LocalRepository';
import { runGit } from '../git/runGit';
import { examples } from './publishLocalBranch.examples';

/**
 * `cloudtrace:publish:local:branch`: commits a change to a branch of a local
 * repository. It does not touch the branch that is checked out there.
 */
export function createPublishLocalBranchAction(deps: {
  config: RootConfigService;
}) {
  return createTemplateAction({
    id: 'cloudtrace:publish:local:branch',
    description: 'Commits changed files to a branch of a local repository',
    examples,
    supportsDryRun: false,
    schema: {
      input: {
        name: z => z.string().describe('Name of the local repository'),
        branch: z =>
          z
            .string()
            .regex(/^[a-z0-9][a-z0-9./-]*$/)
            .describe(
              'Branch; replaced if it exists, unless it has more than one commit of its own',
            ),
        message: z => z.string().describe('Commit message'),
        clonePath: z =>
          z.string().default('./current').describe('Clone of the repository'),
        changePath: z =>
          z.string().default('./change').describe('The changed files'),
        deleted: z =>
          z.array(z.string()).default([]).describe('Files to delete'),
      },
      output: {
        branch: z => z.string().describe('The branch'),
        commitHash: z => z.string().describe('Its newest commit'),
      },
    },
    async handler(ctx) {
      const { name, branch, message } = ctx.input;
      const repository = new LocalRepository(
        requireLocalRepositories(deps.config),
        name,
      );
      if (!repository.exists) {
        throw new InputError(`Repository ${repository.directory} not found`);
      }
      const checkedOut = await repository.git(['branch', '--show-current']);
      if (checkedOut.trim() === branch) {
        throw new InputError(
          `${branch} is checked out in ${repository.directory}: choose another branch`,
        );
      }
      await assertNobodyWorkedOn(branch, repository);
      const at = (path: string) =>
        resolveSafeChildPath(ctx.workspacePath, path);
      const clone = at(ctx.input.clonePath ?? './current');
      await runGit(clone, ['checkout', '--quiet', '-B', branch]);
      await cp(at(ctx.input.changePath ?? './change'), clone, {
        recursive: true,
      });
      for (const path of ctx.input.deleted ?? []) {
        await rm(resolveSafeChildPath(clone, path), { force: true });
      }
      await runGit(clone, ['add', '--all']);
      await runGit(
        clone,
        ['commit', '--quiet', '--allow-empty', '-m', message],
        authorEnvironment(ctx.user),
      );
      await runGit(clone, [
        'push',
        '--quiet',
        '--force',
        repository.directory,
        `HEAD:refs/heads/${branch}`,
      ]);
      const commitHash = (await runGit(clone, ['rev-parse', 'HEAD'])).trim();
      ctx.output('branch', branch);
      ctx.output('commitHash', commitHash);
      ctx.logger.info(
        `Branch ${branch} of ${repository.directory} is at ${commitHash}`,
      );
    },
  });
}

/** An earlier update leaves one commit; further ones are someone's work. */
async function assertNobodyWorkedOn(
  branch: string,
  repository: LocalRepository,
): Promise<void> {
  const own = (
    await repository.git([
      'rev-list',
      '--ignore-missing',
      `refs/heads/${branch}`,
      '--not',
      'HEAD',
    ])
  )
    .trim()
    .split('\n');
  if (own.length > 1) {
    throw new ConflictError(
      `The branch ${branch} of ${repository.directory} has ${own.length} commits that are not in the branch checked out there: merge or delete it, and run this again`,
    );
  }
}

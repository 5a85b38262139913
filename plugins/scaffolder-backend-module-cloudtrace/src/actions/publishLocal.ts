import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import { ForwardedError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { requireLocalRepositories } from '../config';
import { authorEnvironment } from '../git/author';
import { LocalRepository } from '../git/LocalRepository';
import { examples } from './publishLocal.examples';

/**
 * `cloudtrace:publish:local`: turns the workspace into a git repository in the
 * portal's folder of local repositories, which the catalog reads automatically.
 */
export function createPublishLocalAction(deps: { config: RootConfigService }) {
  return createTemplateAction({
    id: 'cloudtrace:publish:local',
    description:
      'Creates a git repository in the folder cloudtrace.scaffolder.localRepositories, with one commit of the workspace',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the repository'),
        commitMessage: z =>
          z.string().default('Create the service').describe('First commit'),
        sourcePath: z =>
          z
            .string()
            .default('.')
            .describe('Folder of the workspace to publish'),
      },
      output: {
        directory: z => z.string().describe('Absolute path of the repository'),
        remoteUrl: z => z.string().describe('file:// URL for git clone'),
        commitHash: z => z.string().describe('Id of the first commit'),
      },
    },
    async handler(ctx) {
      const folder = requireLocalRepositories(deps.config);
      if (!ctx.isDryRun) {
        await makeFolder(folder);
      }
      const repository = new LocalRepository(folder, ctx.input.name);
      ctx.output('directory', repository.directory);
      ctx.output('remoteUrl', pathToFileURL(repository.directory).href);
      if (ctx.isDryRun) {
        ctx.logger.info(`Dry run: would create ${repository.directory}`);
        return;
      }
      const source = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath ?? '.',
      );
      const commitHash = await repository.create(source, {
        message: ctx.input.commitMessage ?? 'Create the service',
        author: authorEnvironment(ctx.user),
      });
      ctx.output('commitHash', commitHash);
      ctx.logger.info(`Created ${repository.directory} at ${commitHash}`);
    },
  });
}

/** Checks, before it writes anything, that repositories can be created in the folder. */
async function makeFolder(folder: string) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new ForwardedError(
      `No repository can be created in ${folder}, the folder of local repositories; nothing was created. Make it a folder that the portal may write to, and run this task again`,
      error,
    );
  }
}

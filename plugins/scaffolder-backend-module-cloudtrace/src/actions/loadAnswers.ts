import { rm } from 'node:fs/promises';
import {
  resolveSafeChildPath,
  type RootConfigService,
} from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { cloneSource } from '../repository/cloneSource';
import { readAnswersOf } from '../repository/answersFile';
import { examples } from './loadAnswers.examples';

/**
 * `cloudtrace:update:load`: clones the repository of a service and reads the
 * answers it was created with.
 */
export function createLoadAnswersAction(deps: {
  catalog: Pick<CatalogService, 'getEntityByRef'>;
  config: RootConfigService;
  integrations: ScmIntegrations;
}) {
  return createTemplateAction({
    id: 'cloudtrace:update:load',
    description:
      'Clones the repository of a service that a template created, and reads its .cloudtrace/answers.json',
    examples,
    supportsDryRun: false,
    schema: {
      input: {
        entityRef: z => z.string().describe('The component of the service'),
        targetPath: z =>
          z
            .string()
            .default('./current')
            .describe('Folder of the workspace for the clone'),
      },
      output: {
        answers: z => z.record(z.unknown()).describe('The recorded answers'),
        version: z => z.string().describe('Template version of the repository'),
        template: z => z.string().describe('Name of the template'),
      },
    },
    async handler(ctx) {
      const directory = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.targetPath ?? './current',
      );
      await rm(directory, { recursive: true, force: true });
      await cloneSource({
        entityRef: ctx.input.entityRef,
        directory,
        credentials: await ctx.getInitiatorCredentials(),
        logger: ctx.logger,
        ...deps,
      });
      const { answers, template, version } = await readAnswersOf(directory);
      ctx.logger.info(
        `${ctx.input.entityRef} was created by ${template} ${version}`,
      );
      ctx.output('answers', answers);
      ctx.output('template', template);
      ctx.output('version', version);
    },
  });
}

import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { readAnswersOf } from '../repository/answersFile';
import {
  describeUpdate,
  isChange,
  titleUpdate,
} from '../update/describeUpdate';
import { mergeUpdate } from '../update/mergeUpdate';
import { examples } from './mergeUpdate.examples';

/**
 * `cloudtrace:update:merge`: compares a repository with the newer version of
 * its template and writes the change, without overwriting manual edits.
 */
export function createMergeUpdateAction() {
  return createTemplateAction({
    id: 'cloudtrace:update:merge',
    description:
      'Computes the change that updates a repository to a newer version of its template, keeping manual edits',
    examples,
    supportsDryRun: false,
    schema: {
      input: {
        currentPath: z =>
          z.string().default('./current').describe('Clone of the repository'),
        renderedPath: z =>
          z
            .string()
            .default('./rendered')
            .describe('The newer version with its answers.json'),
        changePath: z =>
          z
            .string()
            .default('./change')
            .describe('Folder for the changed files, and only those'),
      },
      output: {
        changed: z => z.boolean().describe('Whether anything changed'),
        deleted: z => z.array(z.string()).describe('Files to delete'),
        conflicts: z => z.array(z.string()).describe('Files to merge manually'),
        title: z => z.string().describe('The change, in one line'),
        description: z =>
          z
            .string()
            .describe('The change as Markdown, or that nothing changed'),
      },
    },
    async handler(ctx) {
      const at = (path: string) =>
        resolveSafeChildPath(ctx.workspacePath, path);
      const current = at(ctx.input.currentPath ?? './current');
      const rendered = at(ctx.input.renderedPath ?? './rendered');
      const from = await readAnswersOf(current);
      const to = await readAnswersOf(rendered);
      const result = await mergeUpdate(
        current,
        rendered,
        at(ctx.input.changePath ?? './change'),
      );
      const versions = { from: from.version, to: to.version };
      const description = describeUpdate(result, versions);
      ctx.output('changed', isChange(result, versions));
      ctx.output('title', titleUpdate(versions));
      ctx.output('deleted', result.deleted);
      ctx.output('conflicts', result.conflicts);
      ctx.output('description', description);
      ctx.logger.info(description);
    },
  });
}

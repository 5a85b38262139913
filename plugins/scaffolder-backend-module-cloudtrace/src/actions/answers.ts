import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  ANSWERS_PATH,
  hashFiles,
  type AnswersFile,
} from '../repository/answersFile';
import { examples } from './answers.examples';

/**
 * `cloudtrace:answers`: writes `.cloudtrace/answers.json`, from which a later
 * version of the template can determine what a user changed since. Must be the
 * last step that writes files.
 */
export function createAnswersAction() {
  return createTemplateAction({
    id: 'cloudtrace:answers',
    description:
      'Records template version, answers and file hashes in .cloudtrace/answers.json, so that the repository can be updated later',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        template: z => z.string().describe('Name of the template'),
        version: z => z.string().describe('Version of the template'),
        answers: z => z.record(z.unknown()).describe('The normalised answers'),
        targetPath: z =>
          z
            .string()
            .default('.')
            .describe('Folder of the repository in the workspace'),
      },
      output: {
        fileCount: z => z.number().describe('How many files were rendered'),
      },
    },
    async handler(ctx) {
      const root = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.targetPath ?? '.',
      );
      const files = await hashFiles(root);
      const content: AnswersFile = {
        template: ctx.input.template,
        version: ctx.input.version,
        answers: ctx.input.answers as AnswersFile['answers'],
        files,
      };
      const path = join(root, ANSWERS_PATH);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `${JSON.stringify(content, null, 2)}\n`);
      ctx.output('fileCount', Object.keys(files).length);
    },
  });
}

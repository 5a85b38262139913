import {
  resolveSafeChildPath,
  type UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { ScmIntegrations } from '@backstage/integration';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type { TemplateContext } from 'nunjitsu';
import { locateTemplate } from '../layers/locateTemplate';
import { readLayer } from '../layers/readLayer';
import { renderLayers } from '../layers/renderLayers';
import { writeRepository } from '../layers/writeRepository';
import { examples } from './renderLayers.examples';

/**
 * `cloudtrace:layers:render`: renders several folders of the template over each
 * other, like `fetch:template` with `templateFileExtension: .njk` for one
 * folder. It renders all layers in one step: it reads the template once, copies
 * nothing only to delete it again, and logs one line per layer instead of one
 * per file, which the scaffolder would store one by one.
 */
export function createRenderLayersAction(deps: {
  integrations: ScmIntegrations;
  reader: UrlReaderService;
}) {
  return createTemplateAction({
    id: 'cloudtrace:layers:render',
    description:
      'Renders folders of the template into the workspace: files that end in .njk are templates, all others are copied byte for byte',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        layers: z =>
          z
            .array(z.object({ source: z.string(), target: z.string() }))
            .describe(
              'Folders next to the template file, and their folders in the repository. No two of them may contain the same file',
            ),
        values: z =>
          z.record(z.unknown()).describe('Available in templates as values'),
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
      const temporary = await ctx.createTemporaryDirectory();
      const template = await locateTemplate(
        deps,
        ctx.templateInfo?.baseUrl,
        resolveSafeChildPath(temporary, 'template'),
      );
      const layers = await Promise.all(
        ctx.input.layers.map(async ({ source, target }) => {
          resolveSafeChildPath(root, target);
          const files = await readLayer(resolveSafeChildPath(template, source));
          return { source, target, files };
        }),
      );
      const files = renderLayers(layers, ctx.input.values as TemplateContext);
      await writeRepository(root, files);
      for (const { source, target, files: own } of layers) {
        ctx.logger.info(`${source} → ${target}: ${own.length} files`);
      }
      ctx.output('fileCount', files.length);
    },
  });
}

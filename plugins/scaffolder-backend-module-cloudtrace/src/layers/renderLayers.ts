import { posix } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import { createTemplateRenderer, type TemplateContext } from 'nunjitsu';
import type { LayerFile } from './readLayer';

/** A folder of the template with its files, and where they go in the repository. */
export interface Layer {
  source: string;
  target: string;
  files: LayerFile[];
}

/**
 * Only files with this extension are templates; all others are copied byte for
 * byte, whatever braces they contain.
 */
const TEMPLATE_EXTENSION = '.njk';

/**
 * Renders all layers at once, with the engine of Backstage's `fetch:template`.
 * Paths are not templated.
 *
 * @returns files with POSIX paths relative to the repository
 * @throws ConflictError if two layers contain the same file
 * @throws InputError if a template cannot be rendered
 */
export function renderLayers(
  layers: readonly Layer[],
  values: TemplateContext,
): LayerFile[] {
  const renderer = createTemplateRenderer();
  const context = renderer.prepareContext({ values });
  const origins = new Map<string, string>();
  return layers.flatMap(({ source, target, files }) =>
    files.map(file => {
      const isTemplate = file.path.endsWith(TEMPLATE_EXTENSION);
      const origin = posix.join(source, file.path);
      const path = posix.join(
        target,
        isTemplate ? file.path.slice(0, -TEMPLATE_EXTENSION.length) : file.path,
      );
      const other = origins.get(path);
      if (other) {
        throw new ConflictError(
          `${path} of the repository exists in both ${other} and ${origin} of the template`,
        );
      }
      origins.set(path, origin);
      if (!isTemplate) {
        return { ...file, path };
      }
      try {
        const text = renderer.render(file.content.toString('utf8'), context);
        return { ...file, path, content: Buffer.from(text) };
      } catch (error) {
        throw new InputError(
          `${origin} of the template cannot be rendered`,
          error,
        );
      }
    }),
  );
}

import { conditionsHold } from './conditionsHold';
import type { OptionValues, TemplateLayer, TemplateOptions } from './types';

/**
 * The layers that make up the repository for these answers, in the order of
 * rendering.
 * @public
 */
export function selectLayers(
  template: TemplateOptions,
  values: OptionValues,
): Array<Pick<TemplateLayer, 'source' | 'target'>> {
  return template.layers
    .filter(layer => conditionsHold(layer.when, values))
    .map(({ source, target }) => ({ source, target }));
}

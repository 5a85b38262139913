/**
 * The rules of a template's options, without any dependency on Backstage: used by the scaffolder actions, by the template's own
 * tests and tools.
 *
 * @packageDocumentation
 */
export { findProblems } from './findProblems';
export { lookUpValues } from './lookUpValues';
export { normalizeOptions } from './normalizeOptions';
export { selectLayers } from './selectLayers';
export type {
  OptionChoice,
  OptionConditions,
  OptionDefinition,
  OptionLookup,
  OptionProblem,
  OptionRule,
  OptionValue,
  OptionValues,
  TemplateLayer,
  TemplateOptions,
} from './types';

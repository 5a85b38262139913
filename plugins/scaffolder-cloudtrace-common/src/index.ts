/**
 * Rules of a template's options, and the options and prices of the template "Tracked service": one source for the form in the browser, the
 * scaffolder actions, the template's tests and its docs. Runs in browsers and in Node.js.
 *
 * @packageDocumentation
 */
export { findProblems } from './findProblems';
export { lookUpValues } from './lookUpValues';
export { normalizeOptions } from './normalizeOptions';
export { selectLayers } from './selectLayers';
export { selectParts } from './selectParts';
export type {
  ConditionalDefault,
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
  TemplatePart,
  TemplatePartHook,
} from './types';
export {
  describeCreation,
  type Creation,
  type CreationArea,
} from './trackedService/describeCreation';
export {
  findTrackedServiceProblems,
  trackedService,
} from './trackedService/options';
export {
  estimateMonthlyCost,
  LIST_PRICES_USD,
  PRICES_AS_OF,
  type MonthlyEstimate,
  type PricedOptions,
  type PriceLine,
} from './trackedService/prices';
export {
  starters,
  type Starter,
  type StarterNeed,
} from './trackedService/starters';

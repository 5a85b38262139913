import {
  normalizeOptions,
  type OptionValue,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';
import { trackedService } from '../options';
import {
  estimateMonthlyCost,
  type MonthlyEstimate,
  type PricedOptions,
} from '../prices';
import { requiredAnswers } from './combinations';

/** Choices with their own price, and their names in a sentence of the form. */
const EXTRAS: ReadonlyArray<[string, Record<string, OptionValue>]> = [
  ['third zone', { zones: 3 }],
  ['Kubernetes', { compute: 'kubernetes' }],
  ['Valkey', { cache: 'valkey' }],
  ['Fargate clients', { clients: 'fargate' }],
  ['web application firewall', { waf: true }],
  ['self-healing', { selfHealing: true }],
  ['each additional instance', { minInstances: 3 }],
];

/**
 * The approximate monthly cost of each extra: the text on a page of the form, which a test compares with the price
 * table.
 */
export function describeCosts(): string {
  const estimate = estimateFor({});
  const extras = EXTRAS.map(
    ([title, answers]) =>
      `${title} +${estimateFor(answers).usd - estimate.usd}`,
  ).join(', ');
  return `Approximate extra cost in USD per month: ${extras}.`;
}

function estimateFor(answers: Record<string, OptionValue>): MonthlyEstimate {
  const values = normalizeOptions(trackedService, {
    ...requiredAnswers,
    ...answers,
  });
  return estimateMonthlyCost(values as unknown as PricedOptions);
}

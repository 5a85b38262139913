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

/** Choices with a price of their own, and how the form calls them in a sentence. */
const EXTRAS: ReadonlyArray<[string, Record<string, OptionValue>]> = [
  ['a third zone', { zones: 3 }],
  ['Valkey', { cache: 'valkey' }],
  ['Fargate clients', { clients: 'fargate' }],
  ['the web application firewall', { waf: true }],
  ['each further instance', { minInstances: 3 }],
];

/**
 * What each extra roughly costs in a month: the text on a page of the form, which a test compares with the price table.
 */
export function describeCosts(): string {
  const estimate = estimateFor({});
  const extras = EXTRAS.map(
    ([title, answers]) =>
      `${title} +${estimateFor(answers).usd - estimate.usd}`,
  ).join(', ');
  return `Roughly, in USD a month: ${extras}.`;
}

function estimateFor(answers: Record<string, OptionValue>): MonthlyEstimate {
  const values = normalizeOptions(trackedService, {
    ...requiredAnswers,
    ...answers,
  });
  return estimateMonthlyCost(values as unknown as PricedOptions);
}

import {
  normalizeOptions,
  type OptionValue,
} from '@cloudtrace/plugin-scaffolder-backend-module-cloudtrace/options';
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
 * What the defaults and each extra roughly cost in a month: the text on the pages of the form, which a test compares with the price table.
 */
export function describeCosts(): { defaults: string; extras: string } {
  const estimate = estimateFor({});
  const lines = estimate.lines
    .map(line => `${line.what} ${line.usd}`)
    .join(', ');
  const extras = EXTRAS.map(
    ([title, answers]) =>
      `${title} +${estimateFor(answers).usd - estimate.usd}`,
  ).join(', ');
  return {
    defaults: `With the defaults it costs roughly ${estimate.usd} USD a month in ${trackedService.options.region.default} (${lines}), and at most ${estimate.usdAtMaximum} USD when all instances run.`,
    extras: `Roughly, in USD a month: ${extras}.`,
  };
}

function estimateFor(answers: Record<string, OptionValue>): MonthlyEstimate {
  const values = normalizeOptions(trackedService, {
    ...requiredAnswers,
    ...answers,
  });
  return estimateMonthlyCost(values as unknown as PricedOptions);
}

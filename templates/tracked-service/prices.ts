/** The price table of the review page, declared in `plugins/scaffolder-cloudtrace-common/src/trackedService/prices.ts`; `docs/prices.md` says where each price comes from. */
export {
  estimateMonthlyCost,
  LIST_PRICES_USD,
  PRICES_AS_OF,
  type MonthlyEstimate,
  type PricedOptions,
} from '@cloudtrace/plugin-scaffolder-cloudtrace-common';

/** The price table of the review page, declared in `plugins/cloudtrace-common/src/template/trackedService/prices.ts`; `docs/prices.md` says where each price comes from. */
export {
  estimateMonthlyCost,
  LIST_PRICES_USD,
  PRICES_AS_OF,
  type MonthlyEstimate,
  type PricedOptions,
} from '@cloudtrace/plugin-cloudtrace-common/template';

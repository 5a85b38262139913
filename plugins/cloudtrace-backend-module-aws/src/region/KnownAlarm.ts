import type { FleetAlarm } from '@cloudtrace/plugin-cloudtrace-common';

/** Metric value and threshold at which an alarm changed state. */
export interface AlarmBreach {
  at: string;
  metricValue?: number;
  threshold?: number;
  unit?: string;
}

/** A comparison with a threshold. */
export type ComparisonSign = '>' | '>=' | '<' | '<=';

/** An alarm with the fields that matching and charts need. */
export interface KnownAlarm extends FleetAlarm {
  arn: string;
  dimensions: Record<string, string>;
  sign?: ComparisonSign;
  namespace?: string;
  statistic?: string;
  periodMs?: number;
  breach?: AlarmBreach;
}

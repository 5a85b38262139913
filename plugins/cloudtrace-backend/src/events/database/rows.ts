import type { ReportedEvent } from '@cloudtrace/plugin-cloudtrace-common';

/** A row of `reported_events`. */
export interface DbReportedEventRow {
  entity_ref: string;
  environment: string;
  kind: ReportedEvent['kind'];
  event_key: string;
  at: Date;
  ended_at: Date | null;
  status: string;
  body: ReportedEvent;
  received_at: Date;
}

import type {
  FailoverStep,
  FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';

/** What is stored of a failover. */
export interface StoredFailover {
  summary: FailoverSummary;
  steps: FailoverStep[];
}

/** A row of `failovers`. */
export interface DbFailoverRow {
  entity_ref: string;
  environment: string;
  failover_id: string;
  detected_at: Date;
  recovered_at: Date | null;
  body: StoredFailover;
  updated_at: Date;
}

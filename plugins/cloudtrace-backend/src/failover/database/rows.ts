import type {
  FailoverStep,
  FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A time in which a part of an episode failed; ISO 8601. */
export interface FailureSpan {
  /** Target with its target group, or database event with its database. */
  key: string;
  from: string;
  /** Absent while it lasts. */
  to?: string;
}

/** What was found of a failover; which stored one it is comes later. */
export interface FoundFailover {
  summary: Omit<FailoverSummary, 'failoverId' | 'previousIds'>;
  steps: FailoverStep[];
  /** Absent in failovers that earlier versions stored. */
  failures?: FailureSpan[];
}

/** What is stored of a failover. */
export interface StoredFailover extends FoundFailover {
  summary: FailoverSummary;
}

/** A row of `failovers`. */
export interface DbFailoverRow {
  entity_ref: string;
  environment: string;
  failover_id: string;
  detected_at: Date;
  recovered_at: Date | null;
  body: StoredFailover;
  /** Ids of failovers that merged into this one. */
  aliases: string[];
  updated_at: Date;
}

/** A failover as it is told. */
export function toFailover({
  body,
  aliases,
}: Pick<DbFailoverRow, 'body' | 'aliases'>): StoredFailover {
  const { timeToDetectMs, ...summary } = body.summary;
  return {
    ...body,
    summary: {
      ...summary,
      // Earlier versions stored 0 for a time that nobody knew.
      ...(timeToDetectMs ? { timeToDetectMs } : {}),
      ...(aliases.length > 0 ? { previousIds: aliases } : {}),
    },
  };
}

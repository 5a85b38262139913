import type {
  FailoverStep,
  FailoverSummary,
} from '@cloudtrace/plugin-cloudtrace-common';

/** A period in which a part of the episode failed; ISO 8601. */
export interface FailureSpan {
  /** The target with its target group, or the database event with its database. */
  key: string;
  from: string;
  /** Absent while ongoing. */
  to?: string;
}

/** A failover as detected, before it is matched with a stored one. */
export interface FoundFailover {
  summary: Omit<FailoverSummary, 'failoverId' | 'previousIds'>;
  steps: FailoverStep[];
  /** Absent in failovers stored by earlier versions. */
  failures?: FailureSpan[];
}

/** A failover as stored. */
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

/** A failover as the API returns it. */
export function toFailover({
  body,
  aliases,
}: Pick<DbFailoverRow, 'body' | 'aliases'>): StoredFailover {
  const { timeToDetectMs, ...summary } = body.summary;
  return {
    ...body,
    summary: {
      ...summary,
      // Earlier versions stored 0 for an unknown time.
      ...(timeToDetectMs ? { timeToDetectMs } : {}),
      ...(aliases.length > 0 ? { previousIds: aliases } : {}),
    },
  };
}

import { RowBuffer } from '../../requests/row/RowBuffer';
import type { RowRange } from './RowAggregator';

/** Result of an export request: stored, or already known. */
export type CommitOutcome = 'stored' | 'duplicate';

/** The rows of one export request in a batch. */
export interface BatchEntry extends RowRange {
  entityId: number;
  entityRef: string;
  fingerprint: string;
  /** Start of the day (UTC) of its newest span, ISO 8601. */
  startedOn: string;
  committed: Promise<CommitOutcome>;
  settle: (outcome: CommitOutcome) => void;
  fail: (error: Error) => void;
}

/** Requests that are committed together. */
export class Batch {
  readonly rows: RowBuffer;
  /** By ledger key. */
  readonly entries = new Map<string, BatchEntry>();

  constructor(capacity: number) {
    this.rows = new RowBuffer(capacity);
  }

  get spans(): number {
    return this.rows.length;
  }

  clear(): void {
    this.rows.length = 0;
    this.entries.clear();
  }
}

import type {
  FindingDetails,
  FindingPage,
  FindingRollupPage,
  FindingState,
  FindingSummary,
  ListFindingsQuery,
  ScanPage,
  TriageRequest,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { CallOptions } from '../http/types';

/** A file to answer with. */
export interface FindingsFile {
  contentType: string;
  body: string;
}

/** Scans and findings of entities, for people. */
export interface ScanService {
  listScans(
    query: {
      entityRef: string;
      from: Date;
      to: Date;
      cursor?: string;
      limit: number;
    },
    options: CallOptions,
  ): Promise<ScanPage>;
  /** @throws `InputError` for a cursor that was not given out. */
  listFindings(
    query: ListFindingsQuery & { entityRef: string },
    options: CallOptions,
  ): Promise<FindingPage>;
  getSummary(
    query: { entityRef: string; from: Date; to: Date },
    options: CallOptions,
  ): Promise<FindingSummary>;
  exportFindings(
    query: {
      entityRef: string;
      format: 'csv' | 'sarif';
      states?: FindingState[];
    },
    options: CallOptions,
  ): Promise<FindingsFile>;
  /** @throws `NotFoundError` if the entity has no such finding. */
  getFinding(
    query: { entityRef: string; findingId: string },
    options: CallOptions,
  ): Promise<FindingDetails>;
  /**
   * Decides on a finding.
   *
   * @throws `InputError` if something that the decision needs is missing
   */
  triage(
    request: {
      entityRef: string;
      findingId: string;
      triage: TriageRequest;
    },
    options: CallOptions,
  ): Promise<FindingDetails>;
}

/** Findings over all entities that the caller may see. */
export interface FindingRollupService {
  list(
    query: {
      groupBy: 'entity' | 'owner' | 'system';
      cve?: string;
      owner?: string;
      system?: string;
      cursor?: string;
      limit: number;
    },
    options: CallOptions,
  ): Promise<FindingRollupPage>;
}

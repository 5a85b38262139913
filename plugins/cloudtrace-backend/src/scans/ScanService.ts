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

/** A file to return. */
export interface FindingsFile {
  contentType: string;
  body: string;
}

/** Reads scans and findings of entities for users. */
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
  /** @throws `InputError` for an invalid cursor */
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
  /** @throws `NotFoundError` if the entity has no such finding */
  getFinding(
    query: { entityRef: string; findingId: string },
    options: CallOptions,
  ): Promise<FindingDetails>;
  /**
   * Triages a finding.
   *
   * @throws `InputError` if the decision lacks a required field
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

/** Findings of all entities that the caller may see. */
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

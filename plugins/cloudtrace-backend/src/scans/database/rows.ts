import type {
  CodedMessage,
  FindingLocation,
  FindingOccurrence,
  FindingPackage,
  FindingState,
  ScanCut,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedFinding } from '@cloudtrace/plugin-cloudtrace-node';

/** Why a tool suppresses a finding. */
export type Suppression = NonNullable<NormalizedFinding['suppression']>;

/** Row of `scans`. */
export interface DbScanRow {
  entity_id: number;
  scan_id: string;
  stream_id: string | null;
  tool: string;
  tool_version: string | null;
  category: string;
  ref: string;
  commit_sha: string | null;
  format: string;
  status: 'imported' | 'superseded' | 'failed';
  error: string | null;
  /** Why the scan is incomplete, if so */
  incomplete: string | null;
  /** The messages behind `error` and `incomplete`; null for a tool's own words. */
  coded: Record<string, CodedMessage> | null;
  analysed_at: Date | null;
  received_at: Date;
  /** bigint: the driver reads it as text */
  duration_ms: string | null;
  findings: number;
  new_findings: number;
  fixed_findings: number;
  reopened_findings: number;
  cuts: ScanCut[];
}

/** Row of `findings`. */
export interface DbFindingRow {
  entity_id: number;
  finding_id: string;
  state: FindingState;
  severity: number;
  cvss_score: number | null;
  title: string;
  rule_id: string;
  description: string | null;
  remediation: string | null;
  tools: string[];
  cves: string[];
  cwes: string[];
  package: FindingPackage | null;
  location: FindingLocation | null;
  first_seen_at: Date;
  last_seen_at: Date;
  fixed_at: Date | null;
  reopened_at: Date | null;
  new_scan_id: string | null;
  suppression: (Suppression & { tool: string }) | null;
  triage_state: 'accepted' | 'false-positive' | null;
  triage_reason: string | null;
  triage_owner: string | null;
  triage_expires_at: Date | null;
  triage_by: string | null;
  triage_at: Date | null;
}

/** Row of `finding_sources`. */
export interface DbFindingSourceRow {
  tool: string;
  tool_version: string | null;
  category: string;
  ref: string;
  commit_sha: string | null;
  rule_id: string;
  severity: number;
  source_severity: string | null;
  cvss_vector: string | null;
  links: Array<{ title?: string; url: string }>;
  occurrences: FindingOccurrence[];
  occurrence_count: number;
  present: boolean;
  first_seen_at: Date;
  last_seen_at: Date;
}

/** Row of `finding_events`. */
export interface DbFindingEventRow {
  finding_id: string;
  at: Date;
  kind: string;
  actor: string | null;
  tool: string | null;
  commit_sha: string | null;
  reason: string | null;
}

/** Row of `finding_counts`. */
export interface DbFindingCountsRow {
  critical: number;
  high: number;
  medium: number;
  low: number;
  info: number;
  accepted: number;
  false_positive: number;
  last_scan_at: Date | null;
  /** When the next accepted risk expires. */
  next_expiry_at: Date | null;
}

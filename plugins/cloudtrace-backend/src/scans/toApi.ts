import type {
  Finding,
  FindingDetails,
  FindingEvent,
  FindingSource,
  QualityGate,
  Scan,
  Severity,
  SeverityCounts,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { DbQualityGateRow } from './database/qualityGates';
import type {
  DbFindingEventRow,
  DbFindingRow,
  DbFindingSourceRow,
  DbScanRow,
} from './database/rows';
import { severities } from './importers/severity';
import { listOccurrences } from './listOccurrences';

const severityOf = (rank: number): Severity => severities[rank] ?? 'info';
const iso = (date: Date | null) => date?.toISOString();

/** Converts a scan to its API form. */
export function toScan(row: DbScanRow): Scan {
  return {
    scanId: row.scan_id,
    tool: row.tool,
    toolVersion: row.tool_version ?? undefined,
    category: row.category,
    ref: row.ref,
    commit: row.commit_sha ?? undefined,
    format: row.format,
    status: row.status,
    error: row.error ?? undefined,
    incomplete: row.incomplete ?? undefined,
    coded: row.coded ?? undefined,
    analysedAt: iso(row.analysed_at),
    receivedAt: row.received_at.toISOString(),
    durationMs: row.duration_ms === null ? undefined : Number(row.duration_ms),
    findings: row.findings,
    newFindings: row.new_findings,
    fixedFindings: row.fixed_findings,
    reopenedFindings: row.reopened_findings,
    cuts: row.cuts,
  };
}

/** Converts a quality gate to its API form. */
export function toQualityGate(row: DbQualityGateRow): QualityGate {
  return {
    tool: row.tool,
    projectKey: row.project_key,
    status: row.status,
    url: row.url ?? undefined,
    measures: row.measures,
    asOf: row.analysed_at.toISOString(),
  };
}

/** Converts a finding to its API form. */
export function toFinding(row: DbFindingRow & { is_new: boolean }): Finding {
  return {
    findingId: row.finding_id,
    state: row.state,
    severity: severityOf(row.severity),
    cvssScore: row.cvss_score ?? undefined,
    title: row.title,
    ruleId: row.rule_id,
    tools: row.tools,
    cves: row.cves,
    cwes: row.cwes,
    package: row.package ?? undefined,
    location: row.location ?? undefined,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    fixedAt: iso(row.fixed_at),
    reopenedAt: iso(row.reopened_at),
    isNew: row.is_new && row.state !== 'fixed',
    triage: toTriage(row),
  };
}

function toTriage(row: DbFindingRow): Finding['triage'] {
  if (row.triage_state && row.triage_at) {
    return {
      state: row.triage_state,
      reason: row.triage_reason ?? '',
      owner: row.triage_owner ?? undefined,
      expiresAt: iso(row.triage_expires_at),
      decidedBy: row.triage_by ?? '',
      decidedAt: row.triage_at.toISOString(),
    };
  }
  if (row.state !== 'false-positive' || !row.suppression) return undefined;
  return {
    state: 'false-positive',
    reason: row.suppression.reason,
    decidedBy: row.suppression.tool,
    decidedAt: row.last_seen_at.toISOString(),
  };
}

/** Converts a finding with all its details. */
export function toFindingDetails(stored: {
  finding: DbFindingRow & { is_new: boolean };
  sources: DbFindingSourceRow[];
  events: DbFindingEventRow[];
}): FindingDetails {
  return {
    ...toFinding(stored.finding),
    description: stored.finding.description ?? undefined,
    remediation: stored.finding.remediation ?? undefined,
    ...listOccurrences(stored.finding, stored.sources),
    sources: stored.sources.map(toSource),
    history: stored.events.map(toEvent),
  };
}

function toSource(row: DbFindingSourceRow): FindingSource {
  return {
    tool: row.tool,
    toolVersion: row.tool_version ?? undefined,
    category: row.category,
    ref: row.ref,
    commit: row.commit_sha ?? undefined,
    ruleId: row.rule_id,
    severity: severityOf(row.severity),
    sourceSeverity: row.source_severity ?? undefined,
    cvssVector: row.cvss_vector ?? undefined,
    present: row.present,
    firstSeenAt: row.first_seen_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    links: row.links,
  };
}

function toEvent(row: DbFindingEventRow): FindingEvent {
  return {
    at: row.at.toISOString(),
    kind: row.kind as FindingEvent['kind'],
    by: row.actor ?? undefined,
    tool: row.tool ?? undefined,
    commit: row.commit_sha ?? undefined,
    reason: row.reason ?? undefined,
  };
}

/** Counts by severity; missing severities are zero. */
export function toSeverityCounts(
  row: SeverityCounts | undefined,
): SeverityCounts {
  const { critical = 0, high = 0, medium = 0, low = 0, info = 0 } = row ?? {};
  return { critical, high, medium, low, info };
}

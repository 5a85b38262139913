import type { Knex } from 'knex';
import { severityRank } from '../importers/severity';
import type { KeyedFinding } from '../identity/KeyedScan';
import type { ScanContext } from './replaceFindings';

/** A finding of a scan with its stored finding. */
export interface IdentifiedFinding {
  findingId: string;
  isNew: boolean;
  finding: KeyedFinding;
}

/**
 * Stores findings and the view of the scan's stream on them. `deriveStates`
 * computes what depends on all streams.
 */
export async function upsertFindings(
  tx: Knex.Transaction,
  context: ScanContext,
  findings: readonly IdentifiedFinding[],
): Promise<void> {
  const rows = toRows(findings);
  await upsertShared(tx, context, rows);
  await upsertSources(tx, context, rows);
}

/** The rows of both tables, as JSON. */
function toRows(findings: readonly IdentifiedFinding[]): string {
  return JSON.stringify(
    findings.map(({ findingId, finding }) => ({
      finding_id: findingId,
      severity: severityRank(finding.severity),
      cvss_score: finding.cvssScore,
      title: finding.title,
      rule_id: finding.ruleId,
      description: finding.description,
      remediation: finding.remediation,
      cves: finding.cves,
      cwes: finding.cwes,
      package: finding.package,
      location: finding.location,
      source_severity: finding.sourceSeverity,
      cvss_vector: finding.cvssVector,
      links: finding.links,
      suppression: finding.suppression,
      occurrences: finding.occurrences,
      occurrence_count: finding.occurrenceCount,
    })),
  );
}

/** Stores what the streams of a finding share. */
async function upsertShared(
  tx: Knex.Transaction,
  context: ScanContext,
  rows: string,
): Promise<void> {
  const { entityId, scan } = context;
  await tx.raw(
    `INSERT INTO findings AS f
       (entity_id, finding_id, state, severity, cvss_score, title, rule_id,
        description, remediation, tools, cves, cwes, package, location,
        first_seen_at, last_seen_at, new_scan_id)
     SELECT ?::int4, r.finding_id, 'open', r.severity, r.cvss_score, r.title, r.rule_id,
            r.description, r.remediation, ARRAY[?::text], r.cves, r.cwes, r.package, r.location,
            ?::timestamptz, ?::timestamptz, ?::uuid
       FROM jsonb_to_recordset(?::jsonb) AS r(
            finding_id uuid, severity int2, cvss_score float8, title text, rule_id text,
            description text, remediation text, cves text[], cwes text[],
            package jsonb, location jsonb)
      ORDER BY r.finding_id
     ON CONFLICT (entity_id, finding_id) DO UPDATE SET
       cvss_score = coalesce(excluded.cvss_score, f.cvss_score),
       title = excluded.title,
       rule_id = excluded.rule_id,
       description = coalesce(excluded.description, f.description),
       remediation = coalesce(excluded.remediation, f.remediation),
       cves = CASE WHEN excluded.cves = '{}' THEN f.cves ELSE excluded.cves END,
       cwes = CASE WHEN excluded.cwes = '{}' THEN f.cwes ELSE excluded.cwes END,
       package = nullif(coalesce(f.package, '{}') || coalesce(excluded.package, '{}'), '{}'),
       location = coalesce(excluded.location, f.location),
       last_seen_at = excluded.last_seen_at`,
    [
      entityId,
      scan.tool,
      context.receivedAt,
      context.receivedAt,
      context.scanId,
      rows,
    ],
  );
}

/** Stores the view of the scan's stream. */
async function upsertSources(
  tx: Knex.Transaction,
  context: ScanContext,
  rows: string,
): Promise<void> {
  const { entityId, streamId, scan } = context;
  await tx.raw(
    `INSERT INTO finding_sources
       (entity_id, finding_id, stream_id, tool, tool_version, category, ref, commit_sha,
        rule_id, severity, source_severity, cvss_vector, links, suppression, occurrences,
        occurrence_count, present, first_seen_at, last_seen_at)
     SELECT ?::int4, r.finding_id, ?::uuid, ?::text, ?::text, ?::text, ?::text, ?::text,
            r.rule_id, r.severity, r.source_severity, r.cvss_vector, r.links, r.suppression, r.occurrences,
            r.occurrence_count, true,
            ?::timestamptz, ?::timestamptz
       FROM jsonb_to_recordset(?::jsonb) AS r(
            finding_id uuid, rule_id text, severity int2, source_severity text,
            cvss_vector text, links jsonb, suppression jsonb, occurrences jsonb,
            occurrence_count int4)
      ORDER BY r.finding_id
     ON CONFLICT (entity_id, finding_id, stream_id) DO UPDATE SET
       tool_version = excluded.tool_version,
       commit_sha = excluded.commit_sha,
       rule_id = excluded.rule_id,
       severity = excluded.severity,
       source_severity = excluded.source_severity,
       cvss_vector = excluded.cvss_vector,
       links = excluded.links,
       suppression = excluded.suppression,
       occurrences = excluded.occurrences,
       occurrence_count = excluded.occurrence_count,
       present = true,
       last_seen_at = excluded.last_seen_at`,
    [
      entityId,
      streamId,
      scan.tool,
      scan.toolVersion ?? null,
      context.category,
      context.ref,
      context.commit ?? null,
      context.receivedAt,
      context.receivedAt,
      rows,
    ],
  );
}

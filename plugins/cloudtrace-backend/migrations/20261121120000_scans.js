// @ts-check

/**
 * Security scans and their findings.
 *
 * Purpose: `scans` has one row per upload and tool, `scan_streams` the newest
 * scan of each tool, category and ref. `findings` has each problem once,
 * `finding_keys` the keys that identify it in later scans, `finding_sources`
 * the view of each stream on it, and `finding_events` its history.
 * `finding_counts` has the number of open findings of each entity, so that
 * lists over entities need not count. `finding_count_history` has those numbers
 * after each change.
 *
 * Every table can be distributed by entity_id: keys begin with it.
 *
 * Locks and cost: creates only new, empty tables; safe while an older version
 * runs.
 *
 * `down` drops all scans, findings and triage decisions.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`
    CREATE TABLE scan_streams (
      entity_id int4 NOT NULL,
      stream_id uuid NOT NULL,
      tool text NOT NULL,
      category text NOT NULL,
      ref text NOT NULL,
      current_scan_id uuid,
      analysed_at timestamptz,
      PRIMARY KEY (entity_id, stream_id),
      UNIQUE (entity_id, tool, category, ref)
    );
    COMMENT ON TABLE scan_streams IS 'A tool, category and ref: the newest scan of it replaces the one before';

    CREATE TABLE scans (
      entity_id int4 NOT NULL,
      scan_id uuid NOT NULL,
      stream_id uuid,
      tool text NOT NULL,
      tool_version text,
      category text NOT NULL,
      ref text NOT NULL,
      commit_sha text,
      format text NOT NULL,
      status text NOT NULL CHECK (status IN ('imported', 'superseded', 'failed')),
      error text,
      analysed_at timestamptz,
      received_at timestamptz NOT NULL,
      duration_ms int8,
      findings int4 NOT NULL DEFAULT 0,
      new_findings int4 NOT NULL DEFAULT 0,
      fixed_findings int4 NOT NULL DEFAULT 0,
      reopened_findings int4 NOT NULL DEFAULT 0,
      cuts jsonb NOT NULL DEFAULT '[]',
      digest bytea NOT NULL,
      sent_by text NOT NULL,
      PRIMARY KEY (entity_id, scan_id)
    );
    CREATE INDEX scans_received ON scans (entity_id, received_at DESC, scan_id DESC);
    CREATE INDEX scans_digest ON scans (entity_id, stream_id, digest);
    COMMENT ON COLUMN scans.digest IS 'SHA-256 of the file and its parameters: tells a replay';

    CREATE TABLE findings (
      entity_id int4 NOT NULL,
      finding_id uuid NOT NULL,
      state text NOT NULL CHECK (state IN ('open', 'fixed', 'accepted', 'false-positive')),
      severity int2 NOT NULL CHECK (severity BETWEEN 0 AND 4),
      cvss_score float8,
      title text NOT NULL,
      rule_id text NOT NULL,
      description text,
      remediation text,
      tools text[] NOT NULL,
      cves text[] NOT NULL,
      cwes text[] NOT NULL,
      package jsonb,
      location jsonb,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      fixed_at timestamptz,
      reopened_at timestamptz,
      new_scan_id uuid,
      fixed_scan_id uuid,
      suppression jsonb,
      triage_state text CHECK (triage_state IN ('accepted', 'false-positive')),
      triage_reason text,
      triage_owner text,
      triage_expires_at timestamptz,
      triage_by text,
      triage_at timestamptz,
      PRIMARY KEY (entity_id, finding_id)
    );
    CREATE INDEX findings_severity ON findings (entity_id, state, severity DESC, finding_id);
    CREATE INDEX findings_cves ON findings USING gin (cves) WHERE cves <> '{}';
    CREATE INDEX findings_expiry ON findings (triage_expires_at) WHERE triage_state = 'accepted';
    COMMENT ON COLUMN findings.severity IS '4 critical, 3 high, 2 medium, 1 low, 0 info';
    COMMENT ON COLUMN findings.new_scan_id IS 'The scan that brought the finding, or brought it back';

    CREATE TABLE finding_keys (
      entity_id int4 NOT NULL,
      key bytea NOT NULL,
      finding_id uuid NOT NULL,
      PRIMARY KEY (entity_id, key)
    );
    COMMENT ON TABLE finding_keys IS 'Names by which findings are recognised: SHA-256 of vulnerability and package, or of rule, path and fingerprint';

    CREATE TABLE finding_sources (
      entity_id int4 NOT NULL,
      finding_id uuid NOT NULL,
      stream_id uuid NOT NULL,
      tool text NOT NULL,
      tool_version text,
      category text NOT NULL,
      ref text NOT NULL,
      commit_sha text,
      rule_id text NOT NULL,
      severity int2 NOT NULL,
      source_severity text,
      cvss_vector text,
      links jsonb NOT NULL,
      suppression jsonb,
      present boolean NOT NULL,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      PRIMARY KEY (entity_id, finding_id, stream_id)
    );
    CREATE INDEX finding_sources_present ON finding_sources (entity_id, stream_id) WHERE present;

    CREATE TABLE finding_events (
      entity_id int4 NOT NULL,
      finding_id uuid NOT NULL,
      event_id uuid NOT NULL,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      actor text,
      tool text,
      commit_sha text,
      reason text,
      PRIMARY KEY (entity_id, finding_id, event_id)
    );

    CREATE TABLE finding_counts (
      entity_id int4 PRIMARY KEY,
      critical int4 NOT NULL,
      high int4 NOT NULL,
      medium int4 NOT NULL,
      low int4 NOT NULL,
      info int4 NOT NULL,
      accepted int4 NOT NULL,
      false_positive int4 NOT NULL,
      last_scan_at timestamptz
    );

    CREATE TABLE finding_count_history (
      entity_id int4 NOT NULL,
      at timestamptz NOT NULL,
      critical int4 NOT NULL,
      high int4 NOT NULL,
      medium int4 NOT NULL,
      low int4 NOT NULL,
      info int4 NOT NULL,
      PRIMARY KEY (entity_id, at)
    );
  `);
};

/**
 * Drops scans, findings and triage decisions.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`
    DROP TABLE IF EXISTS finding_count_history, finding_counts, finding_events,
      finding_sources, finding_keys, findings, scans, scan_streams
  `);
};

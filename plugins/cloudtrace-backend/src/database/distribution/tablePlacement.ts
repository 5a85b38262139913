/**
 * Increase it when a table gets another place, so that replicas of the version
 * before do not move it back while replicas are replaced.
 */
export const PLACEMENT_VERSION = 2;

/**
 * Where each table is when the database is distributed. A test fails if a
 * migration creates a table that is missing here. See
 * docs/decisions/table-placement.md.
 */
export const tablePlacement = {
  /**
   * A complete copy on every node, because tables in shards are joined with it.
   * A write needs all nodes: nothing may be here that has to be written while
   * one is down.
   */
  reference: ['entities'],

  /**
   * In shards by entity. All shards of an entity are on the same worker, so a
   * transaction or join of one entity needs one worker. The first table sets the
   * number of shards; names come before what refers to them.
   */
  distributed: [
    'instances',
    'routes',
    'ingest_usage',
    'rollup_progress',
    'rollup_deltas',
    'rollups_minute',
    'rollups_hour',
    'rollups_day',
    'request_ledger',
    'requests',
    'scan_streams',
    'scans',
    'findings',
    'finding_keys',
    'finding_sources',
    'finding_events',
    'finding_count_history',
    'quality_gates',
    'scan_pulls',
  ],

  /**
   * On the coordinator only: the fleet belongs to resources, which entities
   * share, and one replica writes it; failovers, events and files of the archive
   * are few. So are the summaries of entities, which pages about all entities
   * read. Tokens are here so that they can be revoked while a worker is down.
   */
  local: [
    'ingest_tokens',
    'webhook_deliveries',
    'table_placement',
    'finding_counts',
    'request_environments',
    'failovers',
    'reported_events',
    'sent_notifications',
    'fleet_activities',
    'fleet_alarm_transitions',
    'fleet_capacity',
    'fleet_database_events',
    'fleet_gaps',
    'fleet_instances',
    'fleet_leases',
    'fleet_links',
    'fleet_metric_hours',
    'fleet_metrics',
    'fleet_problems',
    'fleet_resources',
    'fleet_runs',
    'fleet_target_states',
    'request_archive_days',
    'request_archive_files',
    'platform_tokens',
    'service_assignments',
    'unknown_services',
  ],
} as const satisfies Record<string, readonly string[]>;

/** The column by whose hash the distributed tables are divided. */
export const DISTRIBUTION_COLUMN = 'entity_id';

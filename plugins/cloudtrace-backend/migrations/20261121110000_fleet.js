// @ts-check

/**
 * The fleet: resources, the entities they belong to, and their history.
 *
 * Purpose: history beyond what cloud providers keep. Data about a resource is
 * stored once, keyed by the resource, however many entities share it.
 * `fleet_links` links resources to environments of entities. `failovers` and
 * `reported_events` belong to an environment of an entity.
 *
 * Sizes: some rows a day per resource. Only `fleet_metrics` grows quickly, with
 * one row per series and minute; the prune task limits it. History tables
 * contain only changes, so a poll without changes adds nothing.
 *
 * Locks and cost: creates only new, empty tables; safe while an older version
 * runs. Distributed installations keep these as local tables of the
 * coordinator.
 *
 * `down` drops the stored history.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);

  await knex.raw(`
    CREATE TABLE fleet_resources (
      resource_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      provider text NOT NULL,
      external_id text NOT NULL,
      type text NOT NULL,
      name text NOT NULL,
      account text,
      region text,
      console_url text,
      first_seen_at timestamptz NOT NULL DEFAULT now(),
      observed_at timestamptz,
      attempted_at timestamptz,
      last_success_at timestamptz,
      snapshot jsonb NOT NULL DEFAULT '{}',
      UNIQUE (provider, external_id)
    );
    COMMENT ON TABLE fleet_resources IS 'Groups, target groups, databases and so on, as fleet providers report them';
    COMMENT ON COLUMN fleet_resources.observed_at IS 'When the newest stored report was made; an older one that arrives late is refused';
    COMMENT ON COLUMN fleet_resources.snapshot IS 'Last good state that needs no history: group settings, health check, alarms, descriptions of metric series';

    CREATE TABLE fleet_links (
      entity_ref text NOT NULL,
      environment text NOT NULL,
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      locator text NOT NULL,
      detail text NOT NULL,
      linked_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (entity_ref, environment, resource_id)
    );
    CREATE INDEX fleet_links_resource ON fleet_links (resource_id);
    COMMENT ON TABLE fleet_links IS 'Which resources belong to which environment of which entity, and how that was found';

    CREATE TABLE fleet_problems (
      problem_id int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      provider text NOT NULL,
      stage text NOT NULL CHECK (stage IN ('locate', 'collect')),
      entity_ref text,
      environment text,
      resource_id int4 REFERENCES fleet_resources ON DELETE CASCADE,
      code text NOT NULL,
      message text NOT NULL,
      next_step text,
      missing_permission text,
      at timestamptz NOT NULL DEFAULT now()
    );
    CREATE INDEX fleet_problems_scope ON fleet_problems (entity_ref, environment);
    CREATE INDEX fleet_problems_resource ON fleet_problems (resource_id);
    COMMENT ON TABLE fleet_problems IS 'What is wrong now; replaced by each cycle';

    CREATE TABLE fleet_runs (
      provider text PRIMARY KEY,
      title text NOT NULL,
      last_started_at timestamptz,
      last_success_at timestamptz,
      last_error_at timestamptz,
      last_error text
    );
    COMMENT ON TABLE fleet_runs IS 'When each fleet provider last worked and last failed as a whole';
  `);

  await knex.raw(`
    CREATE TABLE fleet_gaps (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      from_at timestamptz NOT NULL,
      to_at timestamptz NOT NULL,
      PRIMARY KEY (resource_id, from_at)
    );
    COMMENT ON TABLE fleet_gaps IS 'Times in which nobody looked at a resource, so that nothing is known of them';

    CREATE TABLE fleet_instances (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      instance_key text NOT NULL,
      zone text,
      state text NOT NULL,
      vendor_state text,
      instance_type text,
      launched_at timestamptz,
      first_seen_at timestamptz NOT NULL,
      last_seen_at timestamptz NOT NULL,
      ended_at timestamptz,
      PRIMARY KEY (resource_id, instance_key)
    );
    CREATE INDEX fleet_instances_ended ON fleet_instances (resource_id, ended_at);
    COMMENT ON TABLE fleet_instances IS 'Instances of groups with their launch and end';

    CREATE TABLE fleet_target_states (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      target_key text NOT NULL,
      at timestamptz NOT NULL,
      until timestamptz,
      state text NOT NULL,
      from_state text,
      vendor_state text,
      reason_code text,
      reason text,
      instance_key text,
      port int4,
      zone text,
      PRIMARY KEY (resource_id, target_key, at)
    );
    CREATE INDEX fleet_target_states_time ON fleet_target_states (resource_id, at);
    CREATE INDEX fleet_target_states_until ON fleet_target_states (resource_id, until)
      WHERE state <> 'gone';
    COMMENT ON COLUMN fleet_target_states.until IS 'When the next state was entered; null for the state now';
    COMMENT ON TABLE fleet_target_states IS 'Changes of state of targets; the newest row of a target is its state now, gone after it left';

    CREATE TABLE fleet_capacity (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      at timestamptz NOT NULL,
      min int4 NOT NULL,
      desired int4 NOT NULL,
      max int4 NOT NULL,
      in_service int4 NOT NULL,
      pending int4,
      terminating int4,
      PRIMARY KEY (resource_id, at)
    );
    COMMENT ON TABLE fleet_capacity IS 'Changes of capacity of groups';

    CREATE TABLE fleet_activities (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      activity_key text NOT NULL,
      started_at timestamptz NOT NULL,
      ended_at timestamptz,
      kind text NOT NULL,
      status text NOT NULL,
      cause_kind text NOT NULL,
      body jsonb NOT NULL,
      PRIMARY KEY (resource_id, activity_key)
    );
    CREATE INDEX fleet_activities_time ON fleet_activities (resource_id, started_at);
    COMMENT ON TABLE fleet_activities IS 'Scaling activities; a running one is updated until it ends';

    CREATE TABLE fleet_alarm_transitions (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      alarm_name text NOT NULL,
      at timestamptz NOT NULL,
      from_state text NOT NULL,
      to_state text NOT NULL,
      reason text,
      PRIMARY KEY (resource_id, alarm_name, at)
    );
    CREATE INDEX fleet_alarm_transitions_time ON fleet_alarm_transitions (resource_id, at);
    COMMENT ON TABLE fleet_alarm_transitions IS 'Changes of state of alarms';

    CREATE TABLE fleet_database_events (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      event_key text NOT NULL,
      at timestamptz NOT NULL,
      kind text NOT NULL,
      message text NOT NULL,
      planned boolean,
      from_zone text,
      to_zone text,
      PRIMARY KEY (resource_id, event_key)
    );
    CREATE INDEX fleet_database_events_time ON fleet_database_events (resource_id, at);
    COMMENT ON TABLE fleet_database_events IS 'Failovers, restarts, maintenance of databases';

    CREATE TABLE fleet_metrics (
      resource_id int4 NOT NULL REFERENCES fleet_resources ON DELETE CASCADE,
      series_key text NOT NULL,
      at timestamptz NOT NULL,
      value float8 NOT NULL,
      PRIMARY KEY (resource_id, series_key, at)
    );
    COMMENT ON TABLE fleet_metrics IS 'Points of metric series; what a series is stands in the snapshot of its resource';
  `);

  await knex.raw(`
    CREATE TABLE failovers (
      entity_ref text NOT NULL,
      environment text NOT NULL,
      failover_id text NOT NULL,
      subject_kind text NOT NULL,
      subject_key text NOT NULL,
      detected_at timestamptz NOT NULL,
      recovered_at timestamptz,
      body jsonb NOT NULL,
      updated_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (entity_ref, environment, failover_id)
    );
    CREATE INDEX failovers_time ON failovers (entity_ref, environment, detected_at);
    COMMENT ON TABLE failovers IS 'Detected failovers; found again from the stored history whenever that changes';

    CREATE TABLE reported_events (
      entity_ref text NOT NULL,
      environment text NOT NULL,
      kind text NOT NULL,
      event_key text NOT NULL,
      at timestamptz NOT NULL,
      ended_at timestamptz,
      status text NOT NULL,
      body jsonb NOT NULL,
      received_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (entity_ref, environment, kind, event_key)
    );
    CREATE INDEX reported_events_time ON reported_events (entity_ref, environment, at);
    COMMENT ON TABLE reported_events IS 'Deploys, drift, load tests and healing, as pipelines and clouds report them';

    CREATE TABLE sent_notifications (
      entity_ref text NOT NULL,
      topic text NOT NULL,
      sent_at timestamptz NOT NULL,
      PRIMARY KEY (entity_ref, topic)
    );
    COMMENT ON TABLE sent_notifications IS 'What owners were told, so that they are told once and not too often';
  `);
};

/**
 * Drops everything that `up` created, including the data.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'sent_notifications',
    'reported_events',
    'failovers',
    'fleet_metrics',
    'fleet_database_events',
    'fleet_alarm_transitions',
    'fleet_activities',
    'fleet_capacity',
    'fleet_target_states',
    'fleet_instances',
    'fleet_gaps',
    'fleet_runs',
    'fleet_problems',
    'fleet_links',
    'fleet_resources',
  ]) {
    await knex.raw(`DROP TABLE IF EXISTS ${table}`);
  }
};

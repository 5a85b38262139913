// @ts-check

/**
 * Requests, their rollups, and the dictionaries that both refer to.
 *
 * Purpose: the storage of ingest. `requests` has one fixed-width row per
 * request in day partitions. `rollups_*` have the same requests counted per
 * minute, hour and day. `rollup_deltas` is the append-only inbox of the
 * rollups. `request_ledger` records which export requests were stored.
 *
 * Partitions are created by the partition maintenance, not here. It runs at
 * every start before ingest opens, and then on a schedule.
 *
 * Locks and cost: creates only new, empty tables; safe while an older version
 * runs. Every unique key starts with entity_id, so that the schema can be
 * distributed by it (Citus).
 *
 * `down` drops the stored requests and rollups.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // Needed if the schema is distributed; plain PostgreSQL accepts it as a
  // placeholder setting without effect.
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);

  await knex.raw(`
    CREATE TABLE entities (
      entity_id int4 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      entity_ref text NOT NULL UNIQUE,
      created_at timestamptz NOT NULL DEFAULT now()
    );
    COMMENT ON TABLE entities IS 'Catalog entities that CloudTrace holds data of; the number stands for the ref everywhere else';

    CREATE TABLE instances (
      entity_id int4 NOT NULL,
      instance_id int4 GENERATED ALWAYS AS IDENTITY,
      environment text NOT NULL,
      instance_key text NOT NULL,
      zone text NOT NULL DEFAULT '',
      first_seen_at timestamptz NOT NULL DEFAULT now(),
      last_seen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (entity_id, instance_id),
      UNIQUE (entity_id, environment, instance_key, zone)
    );
    COMMENT ON TABLE instances IS 'What handled requests: one row per instance and zone';
    COMMENT ON COLUMN instances.instance_key IS 'service.instance.id or its documented fallback';
    COMMENT ON COLUMN instances.last_seen_at IS 'Start of the newest compacted minute with a request of this instance';

    CREATE TABLE routes (
      entity_id int4 NOT NULL,
      route_id int4 GENERATED ALWAYS AS IDENTITY,
      environment text NOT NULL,
      method text NOT NULL,
      route text NOT NULL,
      first_seen_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (entity_id, route_id),
      UNIQUE (entity_id, environment, method, route)
    );
    COMMENT ON TABLE routes IS 'What was asked for: HTTP method and route template, RPC method, or queue';
  `);

  await knex.raw(`
    CREATE TABLE requests (
      -- Wide columns first: in this order a row has no padding, and is 80 bytes.
      started_at timestamptz NOT NULL,
      span_id int8 NOT NULL,
      duration_us int8 NOT NULL,
      trace_id uuid NOT NULL,
      entity_id int4 NOT NULL,
      instance_id int4 NOT NULL,
      route_id int4 NOT NULL,
      status_code int2 NOT NULL,
      flags int2 NOT NULL
    ) PARTITION BY RANGE (started_at);
    COMMENT ON TABLE requests IS 'One row per request, appended by COPY; day partitions requests_YYYYMMDD, dropped by retention';
    COMMENT ON COLUMN requests.status_code IS 'HTTP status, 0 if the request is not HTTP';
    COMMENT ON COLUMN requests.flags IS 'Bit 0: error. Bit 1: from a CONSUMER span';

    CREATE INDEX requests_entity_time ON requests
      USING brin (entity_id, started_at) WITH (pages_per_range = 4);
    CREATE INDEX requests_errors ON requests (entity_id, started_at)
      WHERE (flags & 1) = 1;
    -- 46 pages hold 4508 rows, whose filter at this rate just fits on a page.
    CREATE INDEX requests_trace ON requests
      USING brin (trace_id uuid_bloom_ops (n_distinct_per_range = 4510, false_positive_rate = 0.002))
      WITH (pages_per_range = 46);

    CREATE TABLE request_ledger (
      entity_id int4 NOT NULL,
      fingerprint uuid NOT NULL,
      started_on timestamptz NOT NULL,
      PRIMARY KEY (entity_id, fingerprint, started_on)
    ) PARTITION BY RANGE (started_on);
    COMMENT ON TABLE request_ledger IS 'Export requests that are stored; a second copy of one is answered but not stored';
    COMMENT ON COLUMN request_ledger.started_on IS 'Day (UTC) of the newest accepted span, so that a retry meets the same partition whenever it comes';

    CREATE TABLE ingest_usage (
      entity_id int4 NOT NULL,
      day date NOT NULL,
      spans int8 NOT NULL DEFAULT 0,
      bytes int8 NOT NULL DEFAULT 0,
      PRIMARY KEY (entity_id, day)
    );
    COMMENT ON TABLE ingest_usage IS 'What each entity sent per day (UTC), for the daily quota';
  `);

  const rollupColumns = `
      entity_id int4 NOT NULL,
      bucket timestamptz NOT NULL,
      dimension int2 NOT NULL,
      key_id int4 NOT NULL,
      requests int8 NOT NULL,
      errors int8 NOT NULL,
      duration_sum_us int8 NOT NULL,
      duration_max_us int8 NOT NULL,
      histogram bytea NOT NULL`;
  await knex.raw(`
    CREATE TABLE rollup_deltas (${rollupColumns}
    ) WITH (
      autovacuum_vacuum_scale_factor = 0,
      autovacuum_vacuum_threshold = 20000,
      autovacuum_vacuum_cost_delay = 0
    );
    CREATE INDEX rollup_deltas_entity ON rollup_deltas (entity_id, bucket);
    COMMENT ON TABLE rollup_deltas IS 'Counted requests, one row per commit, minute and key, not yet merged into rollups_minute';
    COMMENT ON COLUMN rollup_deltas.dimension IS '1: key_id is an instance_id. 2: key_id is a route_id';
    COMMENT ON COLUMN rollup_deltas.histogram IS 'Exponential histogram of durations in microseconds, scale 5, sparse; see cloudtrace-common/src/histogram';

    CREATE TABLE rollup_progress (
      entity_id int4 PRIMARY KEY,
      hour_until timestamptz NOT NULL,
      day_until timestamptz NOT NULL
    );
    COMMENT ON TABLE rollup_progress IS 'Per entity: rollups_hour and rollups_day are complete before these times; also the lock of compaction';
  `);
  for (const [table, what] of [
    ['rollups_minute', 'day partitions'],
    ['rollups_hour', 'month partitions'],
    ['rollups_day', 'year partitions'],
  ]) {
    await knex.raw(`
      CREATE TABLE ${table} (${rollupColumns},
        PRIMARY KEY (entity_id, dimension, bucket, key_id)
      ) PARTITION BY RANGE (bucket);
      COMMENT ON TABLE ${table} IS 'Requests counted per time bucket and instance or route; ${what}, dropped by retention';
    `);
  }
};

/**
 * Drops everything that `up` created, including the data.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'rollups_day',
    'rollups_hour',
    'rollups_minute',
    'rollup_progress',
    'rollup_deltas',
    'ingest_usage',
    'request_ledger',
    'requests',
    'routes',
    'instances',
    'entities',
  ]) {
    await knex.raw(`DROP TABLE IF EXISTS ${table}`);
  }
};

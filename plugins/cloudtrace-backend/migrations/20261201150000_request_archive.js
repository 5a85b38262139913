// @ts-check

/**
 * Records which days of requests are in the archive, and in which files.
 *
 * Purpose: a day of single requests is exported to files before its partition
 * is dropped. The state of a day and of each of its files is here, so that an
 * export continues where a killed replica left it, and a search knows which
 * files hold an entity. See docs/decisions/request-archive.md.
 *
 * The tables stay on the coordinator of a distributed database: one replica
 * writes them, and a day has few files.
 *
 * Locks and cost: creates only new, empty tables; safe while an older version
 * runs.
 *
 * `down` forgets what is in the archive. The files stay, but nothing finds them
 * any more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  for (const statement of [
    `CREATE TABLE request_archive_days (
      day date PRIMARY KEY,
      state text NOT NULL
        CHECK (state IN ('exporting', 'exported', 'verified', 'dropped', 'deleting')),
      generation int4 NOT NULL DEFAULT 1,
      location text NOT NULL,
      requests int8 NOT NULL,
      begun_at timestamptz NOT NULL DEFAULT now(),
      dropped_at timestamptz,
      failed_at timestamptz,
      error text
    )`,
    `COMMENT ON TABLE request_archive_days IS 'Days (UTC) whose requests are, or are being, moved to the archive'`,
    `COMMENT ON COLUMN request_archive_days.state IS 'exporting: files are written; exported: all are; verified: all were read back; dropped: only the archive has the day; deleting: past the retention of the archive'`,
    `COMMENT ON COLUMN request_archive_days.generation IS 'Counts the attempts; part of the names of the files'`,
    `COMMENT ON COLUMN request_archive_days.location IS 'Where the files are, without secrets'`,
    `COMMENT ON COLUMN request_archive_days.error IS 'Why the last attempt to go on failed; null after a success'`,
    `CREATE TABLE request_archive_files (
      day date NOT NULL REFERENCES request_archive_days ON DELETE CASCADE,
      number int4 NOT NULL,
      path text NOT NULL,
      entity_ids int4[] NOT NULL,
      from_at timestamptz NOT NULL,
      to_at timestamptz NOT NULL,
      requests int8 NOT NULL,
      checksum text,
      bytes int8,
      sha256 text,
      verified boolean NOT NULL DEFAULT false,
      PRIMARY KEY (day, number)
    )`,
    `COMMENT ON TABLE request_archive_files IS 'Files of a day, planned before they are written: each holds some entities for a part of the day'`,
    `COMMENT ON COLUMN request_archive_files.to_at IS 'First moment after the requests of the file'`,
    `COMMENT ON COLUMN request_archive_files.checksum IS 'Sum over the rows in the database; null until the file is stored'`,
  ]) {
    await knex.raw(statement);
  }
};

/**
 * Forgets the archive; the files stay.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw('DROP TABLE request_archive_files');
  await knex.raw('DROP TABLE request_archive_days');
};

// @ts-check

/**
 * Stores the histograms of rollups in half the bytes.
 *
 * Purpose: charts of busy services read, send and process half as much. A used
 * slot took two varints: the distance from the previous slot and the count. Now
 * both share a byte wherever they fit. See
 * `cloudtrace-common/src/histogram/encoding.ts` and docs/decisions/rollups.md.
 *
 * Sizes: no table grows, but each row is written once more; the space of the
 * old rows is free for new rows after the next vacuum.
 *
 * Locks and cost: rewrites every row of the rollup tables in one transaction,
 * about 20 s for a million. Acquires SHARE ROW EXCLUSIVE locks: reads continue,
 * ingest and compaction wait. An older version cannot read or write the new
 * format: stop it first.
 *
 * `down` restores the old format without loss.
 *
 * Both formats are implemented here, because the code that reads and writes
 * histograms may change later.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await rewrite(knex, histogram => writeShared(readVarints(histogram)));
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await rewrite(knex, histogram => writeVarints(readShared(histogram)));
};

const ROLLUPS = ['rollups_minute', 'rollups_hour', 'rollups_day'];
const TABLES = ['rollup_deltas', ...ROLLUPS];

/** Rows per statement. */
const CHUNK = 5000;

/**
 * @param {import('knex').Knex} knex
 * @param {(histogram: Buffer) => Buffer} convert
 */
async function rewrite(knex, convert) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  await knex.raw(`LOCK TABLE ${TABLES.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
  await rewriteDeltas(knex, convert);
  for (const table of ROLLUPS) {
    await rewriteRollups(knex, table, convert);
  }
}

/**
 * Deltas have no key, so they are found by their histogram: all of an entity in
 * one statement, which converts no row twice.
 *
 * @param {import('knex').Knex} knex
 * @param {(histogram: Buffer) => Buffer} convert
 */
async function rewriteDeltas(knex, convert) {
  const entities = await knex.raw(
    'SELECT DISTINCT entity_id FROM rollup_deltas',
  );
  for (const { entity_id } of entities.rows) {
    const { rows } = await knex.raw(
      'SELECT DISTINCT histogram FROM rollup_deltas WHERE entity_id = ?',
      [entity_id],
    );
    await knex.raw(
      `UPDATE rollup_deltas r SET histogram = n.histogram
         FROM unnest(?::bytea[], ?::bytea[]) AS n (before, histogram)
        WHERE r.entity_id = ? AND r.histogram = n.before`,
      [
        rows.map((/** @type {Row} */ row) => row.histogram),
        rows.map((/** @type {Row} */ row) => convert(row.histogram)),
        entity_id,
      ],
    );
  }
}

/**
 * A day of an entity at a time: these rows fit into memory.
 *
 * @param {import('knex').Knex} knex
 * @param {string} table
 * @param {(histogram: Buffer) => Buffer} convert
 */
async function rewriteRollups(knex, table, convert) {
  const days = await knex.raw(
    `SELECT entity_id, date_trunc('day', bucket) AS day FROM ${table} GROUP BY 1, 2`,
  );
  for (const { entity_id, day } of days.rows) {
    const { rows } = await knex.raw(
      `SELECT dimension, key_id, bucket, histogram FROM ${table}
        WHERE entity_id = ? AND bucket >= ? AND bucket < ?::timestamptz + interval '1 day'`,
      [entity_id, day, day],
    );
    for (let start = 0; start < rows.length; start += CHUNK) {
      /** @type {Row[]} */
      const chunk = rows.slice(start, start + CHUNK);
      await knex.raw(
        `UPDATE ${table} r SET histogram = n.histogram
           FROM unnest(?::int2[], ?::int4[], ?::timestamptz[], ?::bytea[])
                AS n (dimension, key_id, bucket, histogram)
          WHERE r.entity_id = ? AND r.dimension = n.dimension
            AND r.key_id = n.key_id AND r.bucket = n.bucket`,
        [
          chunk.map(row => row.dimension),
          chunk.map(row => row.key_id),
          chunk.map(row => row.bucket),
          chunk.map(row => convert(row.histogram)),
          entity_id,
        ],
      );
    }
  }
}

/** @typedef {{ dimension: number, key_id: number, bucket: Date, histogram: Buffer }} Row */

/**
 * The used slots, ascending, with their counts.
 *
 * @typedef {{ slot: number, count: number }[]} Slots
 */

/**
 * @param {Buffer} bytes
 * @returns {Slots}
 */
function readVarints(bytes) {
  const slots = [];
  const cursor = { bytes, at: 0 };
  let slot = 0;
  while (cursor.at < bytes.length) {
    slot += readVarint(cursor);
    slots.push({ slot, count: readVarint(cursor) });
  }
  return slots;
}

/** @param {Slots} slots */
function writeVarints(slots) {
  /** @type {number[]} */
  const out = [];
  let last = 0;
  for (const { slot, count } of slots) {
    writeVarint(out, slot - last);
    writeVarint(out, count);
    last = slot;
  }
  return Buffer.from(out);
}

/**
 * @param {Buffer} bytes
 * @returns {Slots}
 */
function readShared(bytes) {
  const slots = [];
  const cursor = { bytes, at: 0 };
  let slot = -1;
  while (cursor.at < bytes.length) {
    const first = bytes[cursor.at++];
    let count;
    if (first < 0x80) {
      slot += (first >> 3) + 1;
      count = first & 7;
    } else if (first < 0xc0) {
      const second = bytes[cursor.at++];
      slot += (((first & 63) << 4) | (second >> 4)) + 1;
      count = second & 15;
    } else {
      slot += (first & 63) + 1 + (first === 0xff ? readVarint(cursor) : 0);
      count = readVarint(cursor);
    }
    slots.push({ slot, count: count + 1 });
  }
  return slots;
}

/** @param {Slots} slots */
function writeShared(slots) {
  /** @type {number[]} */
  const out = [];
  let next = 0;
  for (const { slot, count } of slots) {
    const distance = slot - next;
    const rest = count - 1;
    if (distance < 16 && rest < 8) {
      out.push((distance << 3) | rest);
    } else if (distance < 1024 && rest < 16) {
      out.push(0x80 | (distance >> 4), ((distance & 15) << 4) | rest);
    } else if (distance < 63) {
      out.push(0xc0 | distance);
      writeVarint(out, rest);
    } else {
      out.push(0xff);
      writeVarint(out, distance - 63);
      writeVarint(out, rest);
    }
    next = slot + 1;
  }
  return Buffer.from(out);
}

/** @param {{ bytes: Buffer, at: number }} cursor */
function readVarint(cursor) {
  let value = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = cursor.bytes[cursor.at++];
    value += (byte & 127) * factor;
    if (byte < 128) {
      return value;
    }
  }
}

/**
 * @param {number[]} out
 * @param {number} value
 */
function writeVarint(out, value) {
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) {
    out.push((rest % 128) + 128);
  }
  out.push(rest);
}

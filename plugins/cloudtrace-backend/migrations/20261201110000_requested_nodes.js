// @ts-check

/**
 * Corrects activities of cluster autoscalers that an earlier version stored.
 *
 * Purpose: they said that a node was added. The events tell only that one was
 * requested, so their status is unknown. Their code `node-added` has no text any
 * more.
 *
 * Locks and cost: updates the rows of such activities only, and reads the table
 * once. An older version shows the new English text.
 *
 * `down` changes nothing: the rows are right for older versions too.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`);
  const cause = { code: 'node-requested', values: {} };
  const text =
    'The cluster autoscaler asked for a node because a pod did not fit on the existing ones';
  await knex.raw(
    `UPDATE fleet_activities
        SET status = 'unknown',
            body = jsonb_set(body, '{coded,cause}', ?::jsonb)
                   || jsonb_build_object('status', 'unknown', 'cause', ?::text)
      WHERE activity_key LIKE 'node-added/%'
        AND body #>> '{coded,cause,code}' = 'node-added'`,
    [JSON.stringify(cause), text],
  );
};

exports.down = async function down() {};

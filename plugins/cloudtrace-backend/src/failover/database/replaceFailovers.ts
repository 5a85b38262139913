import type { Knex } from 'knex';
import { changeRows, queryRows } from '../../database/queryRows';
import { matchFailovers } from '../matchFailovers';
import { arrayBinding } from '../../database/arrayBinding';
import type { DbFailoverRow, FoundFailover, StoredFailover } from './rows';

/** What {@link replaceFailovers} changed. */
export interface FailoverChanges {
  /** Failovers that share no failure with a known one. */
  added: StoredFailover[];
  /** Failovers that looked planned and are not, e.g. because their deploy failed. */
  unplanned: StoredFailover[];
  /** Failovers that were ongoing and have recovered. */
  recovered: StoredFailover[];
  /** Whether anything changed at all. */
  changed: boolean;
}

/**
 * Replaces the stored failovers that were detected since a time with the ones
 * found now. A failover that grew or changed its kind keeps its id. Running
 * this twice, or on two replicas, changes nothing more.
 */
export async function replaceFailovers(
  knex: Knex,
  options: {
    entityRef: string;
    environment: string;
    since: Date;
    /**
     * Failovers that were ongoing at `since` or later. One that was detected
     * earlier counts only if it is already stored.
     */
    found: readonly FoundFailover[];
  },
): Promise<FailoverChanges> {
  const { entityRef, environment, since, found } = options;
  const earliest = new Date(
    Math.min(
      since.getTime(),
      ...found.map(({ summary }) => Date.parse(summary.detectedAt)),
    ),
  );
  return knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'cloudtrace-failovers',
      `${entityRef} ${environment}`,
    ]);
    const rows = await queryRows<Pick<DbFailoverRow, 'body' | 'aliases'>>(
      tx,
      `SELECT body, aliases FROM failovers
        WHERE entity_ref = ? AND environment = ?
          AND (detected_at >= ? OR recovered_at IS NULL OR recovered_at >= ?)`,
      [entityRef, environment, earliest, earliest],
    );
    const { write, remove } = matchFailovers({
      scope: { entityRef, environment },
      since,
      known: rows.map(
        ({ body, aliases }: Pick<DbFailoverRow, 'body' | 'aliases'>) => ({
          failover: body,
          aliases,
        }),
      ),
      found,
    });
    const removed = await changeRows(
      tx,
      `DELETE FROM failovers
        WHERE entity_ref = ? AND environment = ? AND failover_id = ANY(?::text[])`,
      [entityRef, environment, remove],
    );
    const summaries = write.map(({ failover }) => failover.summary);
    const written = await changeRows(
      tx,
      `INSERT INTO failovers AS f
         (entity_ref, environment, failover_id, subject_kind, subject_key, detected_at, recovered_at, body, aliases)
       SELECT ?::text, ?::text, id, kind, key, detected, recovered, body,
              ARRAY(SELECT jsonb_array_elements_text(aliases))
         FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::jsonb[], ?::jsonb[])
           AS n (id, kind, key, detected, recovered, body, aliases)
       ON CONFLICT (entity_ref, environment, failover_id) DO UPDATE SET
         subject_kind = excluded.subject_kind, subject_key = excluded.subject_key,
         detected_at = excluded.detected_at, recovered_at = excluded.recovered_at,
         body = excluded.body, aliases = excluded.aliases, updated_at = excluded.updated_at
       WHERE f.body IS DISTINCT FROM excluded.body OR f.aliases IS DISTINCT FROM excluded.aliases`,
      [
        entityRef,
        environment,
        summaries.map(({ failoverId }) => failoverId),
        arrayBinding(summaries.map(({ subject }) => subject.kind)),
        arrayBinding(summaries.map(({ subject }) => subject.key)),
        arrayBinding(summaries.map(({ detectedAt }) => detectedAt)),
        arrayBinding(summaries.map(({ recoveredAt }) => recoveredAt ?? null)),
        arrayBinding(write.map(({ failover }) => JSON.stringify(failover))),
        arrayBinding(write.map(({ aliases }) => JSON.stringify(aliases))),
      ],
    );
    return {
      added: write.flatMap(({ failover, isNew }) => (isNew ? [failover] : [])),
      unplanned: write.flatMap(({ failover, before }) =>
        before?.summary.planned === 'yes' && failover.summary.planned !== 'yes'
          ? [failover]
          : [],
      ),
      recovered: write.flatMap(({ failover, before }) =>
        !failover.summary.ongoing && before?.summary.ongoing ? [failover] : [],
      ),
      changed: removed + written > 0,
    };
  });
}

import { arrayBinding } from '../../arrayBinding';
import type { Knex } from 'knex';
import type { StoredFailover } from './rows';

/** What {@link replaceFailovers} changed. */
export interface FailoverChanges {
  added: StoredFailover[];
  /** Were going on and have recovered. */
  recovered: StoredFailover[];
  /** Whether anything at all changed. */
  changed: boolean;
}

/**
 * Makes the stored failovers that were detected since a time equal to those
 * that were found. Running it twice, or on two replicas, changes nothing more.
 */
export async function replaceFailovers(
  knex: Knex,
  options: {
    entityRef: string;
    environment: string;
    since: Date;
    found: readonly StoredFailover[];
  },
): Promise<FailoverChanges> {
  const { entityRef, environment, since, found } = options;
  return knex.transaction(async tx => {
    await tx.raw('SELECT pg_advisory_xact_lock(hashtext(?), hashtext(?))', [
      'cloudtrace-failovers',
      `${entityRef} ${environment}`,
    ]);
    const { rows } = await tx.raw(
      `SELECT failover_id, recovered_at, body FROM failovers
        WHERE entity_ref = ? AND environment = ? AND detected_at >= ?`,
      [entityRef, environment, since],
    );
    const before = new Map<string, StoredFailover>(
      rows.map((row: { failover_id: string; body: StoredFailover }) => [
        row.failover_id,
        row.body,
      ]),
    );
    const ids = found.map(({ summary }) => summary.failoverId);
    const { rowCount: removed } = await tx.raw(
      `DELETE FROM failovers
        WHERE entity_ref = ? AND environment = ? AND detected_at >= ?
          AND failover_id <> ALL(?::text[])`,
      [entityRef, environment, since, ids],
    );
    const { rowCount: written } = await tx.raw(
      `INSERT INTO failovers AS f
         (entity_ref, environment, failover_id, subject_kind, subject_key, detected_at, recovered_at, body)
       SELECT ?::text, ?::text, * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::jsonb[])
       ON CONFLICT (entity_ref, environment, failover_id) DO UPDATE SET
         recovered_at = excluded.recovered_at, body = excluded.body, updated_at = excluded.updated_at
       WHERE f.body IS DISTINCT FROM excluded.body`,
      [
        entityRef,
        environment,
        ids,
        arrayBinding(found.map(({ summary }) => summary.subject.kind)),
        arrayBinding(found.map(({ summary }) => summary.subject.key)),
        arrayBinding(found.map(({ summary }) => summary.detectedAt)),
        arrayBinding(found.map(({ summary }) => summary.recoveredAt ?? null)),
        arrayBinding(found.map(failover => JSON.stringify(failover))),
      ],
    );
    return {
      added: found.filter(({ summary }) => !before.has(summary.failoverId)),
      recovered: found.filter(
        ({ summary }) =>
          !summary.ongoing && before.get(summary.failoverId)?.summary.ongoing,
      ),
      changed: removed + written > 0,
    };
  });
}

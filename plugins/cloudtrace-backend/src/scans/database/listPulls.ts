import type { ScanPull } from '@cloudtrace/plugin-cloudtrace-node';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/** Lists the last pulls of an entity from a source, newest errors first. */
export async function listPulls(
  knex: Knex,
  { entityId, source }: { entityId: number; source: string },
): Promise<ScanPull[]> {
  const rows = await queryRows<ScanPull>(
    knex,
    `SELECT target, last_success_at AS "lastSuccessAt",
            last_error_at AS "lastErrorAt", last_error AS "lastError", coded
       FROM scan_pulls WHERE entity_id = ? AND source = ?
      ORDER BY last_error_at DESC NULLS LAST, target`,
    [entityId, source],
  );
  return rows;
}

/** Forgets targets of a source that an entity no longer has. */
export async function keepPulls(
  knex: Knex,
  query: { entityId: number; source: string; targets: readonly string[] },
): Promise<void> {
  await knex.raw(
    `DELETE FROM scan_pulls
      WHERE entity_id = ? AND source = ? AND target <> ALL (?::text[])`,
    [query.entityId, query.source, [...query.targets]],
  );
}

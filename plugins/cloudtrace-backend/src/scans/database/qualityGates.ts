import type { QualityGate } from '@cloudtrace/plugin-cloudtrace-common';
import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';
import { arrayBinding } from '../../database/arrayBinding';

/** Row of `quality_gates`. */
export interface DbQualityGateRow {
  tool: string;
  instance: string;
  project_key: string;
  status: QualityGate['status'];
  url: string | null;
  measures: QualityGate['measures'];
  analysed_at: Date;
  read_at: Date;
}

/** Stores the gate of a project, unless a newer analysis has already set it. */
export async function upsertQualityGate(
  knex: Knex,
  entityId: number,
  gate: DbQualityGateRow,
): Promise<void> {
  await knex.raw(
    `INSERT INTO quality_gates
       (entity_id, tool, instance, project_key, status, url, measures, analysed_at, read_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (entity_id, tool, instance, project_key) DO UPDATE
        SET status = excluded.status, url = excluded.url, measures = excluded.measures,
            analysed_at = excluded.analysed_at, read_at = excluded.read_at
      WHERE quality_gates.analysed_at <= excluded.analysed_at`,
    [
      entityId,
      gate.tool,
      gate.instance,
      gate.project_key,
      gate.status,
      gate.url,
      JSON.stringify(gate.measures),
      gate.analysed_at,
      gate.read_at,
    ],
  );
}

/** Lists the gates of an entity's projects. */
export async function listQualityGates(
  knex: Knex,
  entityId: number,
): Promise<DbQualityGateRow[]> {
  const rows = await queryRows<DbQualityGateRow>(
    knex,
    `SELECT * FROM quality_gates WHERE entity_id = ?
      ORDER BY tool, instance, project_key LIMIT 100`,
    [entityId],
  );
  return rows;
}

/** Deletes the gates of an instance's projects except these. */
export async function keepQualityGates(
  knex: Knex,
  query: {
    entityId: number;
    tool: string;
    instance: string;
    projectKeys: readonly string[];
  },
): Promise<void> {
  await knex.raw(
    `DELETE FROM quality_gates
      WHERE entity_id = ? AND tool = ? AND instance = ?
        AND project_key <> ALL (?::text[])`,
    [
      query.entityId,
      query.tool,
      query.instance,
      arrayBinding(query.projectKeys),
    ],
  );
}

import type { Knex } from 'knex';
import { queryRows } from '../queryRows';

/** Reads which placement the tables have; 0 if none was recorded. */
export async function readPlacementVersion(knex: Knex): Promise<number> {
  const [row] = await queryRows<{ version: number }>(
    knex,
    'SELECT version FROM table_placement',
  );
  return row?.version ?? 0;
}

/** Records that all tables have their place. */
export async function recordPlacementVersion(
  knex: Knex,
  version: number,
): Promise<void> {
  await knex.raw(
    `INSERT INTO table_placement (version) VALUES (?)
     ON CONFLICT (singleton) DO UPDATE SET version = excluded.version`,
    [version],
  );
}

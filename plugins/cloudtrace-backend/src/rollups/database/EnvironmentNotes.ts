import type { Knex } from 'knex';
import { queryRows } from '../../database/queryRows';

/**
 * Notes environments for which an older version, which may still run, added
 * names. This version notes them together with the names.
 */
export class EnvironmentNotes {
  readonly #noted = new Set<string>();

  /** Asks the database only for what this process has not noted yet. */
  async note(
    knex: Knex,
    entityId: number,
    environments: readonly string[],
  ): Promise<void> {
    const keyOf = (environment: string) => `${entityId} ${environment}`;
    const missing = [...new Set(environments)].filter(
      environment => !this.#noted.has(keyOf(environment)),
    );
    if (missing.length === 0) return;
    const rows = await queryRows<{ environment: string; seenAt: string }>(
      knex,
      `SELECT environment, min(first_seen_at)::text AS "seenAt"
         FROM instances WHERE entity_id = ? AND environment = ANY(?::text[])
        GROUP BY 1`,
      [entityId, missing],
    );
    await knex.raw(
      `INSERT INTO request_environments (entity_id, environment, first_seen_at)
       SELECT ?::int4, environment, seen_at
         FROM unnest(?::text[], ?::timestamptz[]) AS e (environment, seen_at)
       ON CONFLICT DO NOTHING`,
      [
        entityId,
        rows.map(({ environment }) => environment),
        rows.map(({ seenAt }) => seenAt),
      ],
    );
    for (const environment of missing) this.#noted.add(keyOf(environment));
  }
}

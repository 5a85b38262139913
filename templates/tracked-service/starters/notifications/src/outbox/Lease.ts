import { sql } from 'drizzle-orm';
import type { ServiceDatabase } from '../storage/ServiceDatabase.js';

/** Lets one process at a time do some work; ends by itself if that process dies. */
export class Lease {
  readonly #options: {
    readonly database: ServiceDatabase;
    readonly name: string;
    readonly owner: string;
    readonly durationMs: number;
  };

  constructor(options: {
    database: ServiceDatabase;
    name: string;
    owner: string;
    durationMs: number;
  }) {
    this.#options = options;
  }

  /** @returns whether this process may work now. */
  async acquire(): Promise<boolean> {
    const { database, name, owner, durationMs } = this.#options;
    const { rows } = await database.queries.execute(sql`
      INSERT INTO leases AS known (name, owner, expires_at)
      VALUES (${name}, ${owner}, now() + make_interval(secs => ${durationMs / 1_000}))
      ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
      WHERE known.owner = excluded.owner OR known.expires_at < now()
      RETURNING name`);
    return rows.length > 0;
  }

  async release(): Promise<void> {
    const { database, name, owner } = this.#options;
    await database.queries.execute(
      sql`DELETE FROM leases WHERE name = ${name} AND owner = ${owner}`,
    );
  }
}

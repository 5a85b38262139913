import { asc, gt, lt, sql } from 'drizzle-orm';
import { instanceSamples } from '../database/schema.js';
import type { ShopDatabase } from '../database/ShopDatabase.js';
import type { InstanceSample } from './types.js';

const keptMinutes = 15;

/** The samples of all instances, in the database that they share. */
export class SampleStore {
  readonly #database: ShopDatabase;

  constructor(database: ShopDatabase) {
    this.#database = database;
  }

  async write(sample: Omit<InstanceSample, 'sampledAt'>): Promise<void> {
    await this.#database.queries
      .insert(instanceSamples)
      .values(sample)
      .onConflictDoNothing();
  }

  /** Those of the last seconds, oldest first. */
  async read(seconds: number): Promise<InstanceSample[]> {
    const rows = await this.#database.queries
      .select()
      .from(instanceSamples)
      .where(
        gt(
          instanceSamples.sampledAt,
          sql`now() - make_interval(secs => ${seconds})`,
        ),
      )
      .orderBy(asc(instanceSamples.sampledAt));
    return rows.map(row => ({
      ...row,
      sampledAt: row.sampledAt.toISOString(),
    }));
  }

  async deleteOld(): Promise<void> {
    await this.#database.queries
      .delete(instanceSamples)
      .where(
        lt(
          instanceSamples.sampledAt,
          sql`now() - make_interval(mins => ${keptMinutes})`,
        ),
      );
  }
}

import { sql } from 'drizzle-orm';
import type { ServiceDatabase } from '../../storage/ServiceDatabase.js';

const leaseSeconds = 10;

/**
 * One member of a consumer group, and the partitions that it may read. All members count themselves in the same table
 * and share the partitions by position; a partition changes hands when its owner releases it or stops renewing its lease.
 */
export class Membership {
  readonly #options: {
    readonly database: ServiceDatabase;
    readonly group: string;
    readonly topic: string;
    readonly member: string;
    readonly partitions: number;
  };

  constructor(options: {
    database: ServiceDatabase;
    group: string;
    topic: string;
    member: string;
    partitions: number;
  }) {
    this.#options = options;
  }

  /** Renews the leases, releases what others shall read, and takes what is free. */
  async renew(): Promise<void> {
    const { database, group, topic, member } = this.#options;
    await database.queries.execute(sql`
      INSERT INTO bus_members (group_name, member, seen_at) VALUES (${this.#name()}, ${member}, now())
      ON CONFLICT (group_name, member) DO UPDATE SET seen_at = excluded.seen_at`);
    const mine = await this.#share();
    await database.queries.execute(sql`
      UPDATE bus_offsets SET owner = NULL, leased_until = NULL
      WHERE group_name = ${group} AND topic = ${topic} AND owner = ${member}
        AND NOT (partition = ANY(${sql.param(mine)}::int[]))`);
    await database.queries.execute(sql`
      INSERT INTO bus_offsets AS known (group_name, topic, partition, owner, leased_until)
      SELECT ${group}, ${topic}, partition, ${member}, now() + make_interval(secs => ${leaseSeconds})
      FROM unnest(${sql.param(mine)}::int[]) AS partition ORDER BY partition
      ON CONFLICT (group_name, topic, partition)
        DO UPDATE SET owner = excluded.owner, leased_until = excluded.leased_until
        WHERE known.owner IS NULL OR known.owner = excluded.owner OR known.leased_until < now()`);
  }

  /** The others continue at once. */
  async leave(): Promise<void> {
    const { database, group, topic, member } = this.#options;
    await database.queries.execute(sql`
      DELETE FROM bus_members WHERE group_name = ${this.#name()} AND member = ${member}`);
    await database.queries.execute(sql`
      UPDATE bus_offsets SET owner = NULL, leased_until = NULL
      WHERE group_name = ${group} AND topic = ${topic} AND owner = ${member}`);
  }

  /** A member of a group may subscribe to several topics. */
  #name(): string {
    return `${this.#options.group} ${this.#options.topic}`;
  }

  async #share(): Promise<number[]> {
    const { database, member, partitions } = this.#options;
    const { rows } = await database.queries.execute<{ member: string }>(sql`
      SELECT member FROM bus_members
      WHERE group_name = ${this.#name()} AND seen_at > now() - make_interval(secs => ${leaseSeconds})
      ORDER BY member`);
    const position = rows.findIndex(row => row.member === member);
    return Array.from({ length: partitions }, (_, index) => index).filter(
      index => index % Math.max(rows.length, 1) === position,
    );
  }
}

import type { Knex } from 'knex';
import { singleFlight } from '../../periodic/singleFlight';
import { addUsage } from '../database/addUsage';

interface EntityUsage {
  /** Total of all replicas, as of the last flush. */
  totalBytes: number;
  /** Bytes of this replica since the last flush. */
  bytes: number;
  spans: number;
}

/**
 * Limits bytes per day (UTC) and entity. Each replica counts by itself and adds
 * to the database every few seconds, so the quota holds across replicas and
 * restarts, with that delay.
 */
export class DailyBytesQuota {
  readonly #entities = new Map<number, EntityUsage>();
  #day = '';
  readonly #knex: Knex;
  readonly #bytesPerDay: number;
  readonly #now: () => number;

  constructor(
    knex: Knex,
    /** 0 disables the quota; usage is still recorded. */
    bytesPerDay: number,
    now: () => number = Date.now,
  ) {
    this.#knex = knex;
    this.#bytesPerDay = bytesPerDay;
    this.#now = now;
  }

  isUsedUp(entityId: number): boolean {
    if (this.#bytesPerDay === 0) {
      return false;
    }
    this.#startDay();
    const usage = this.#entities.get(entityId);
    return !!usage && usage.totalBytes + usage.bytes >= this.#bytesPerDay;
  }

  spend(entityId: number, bytes: number, spans: number): void {
    this.#startDay();
    let usage = this.#entities.get(entityId);
    if (!usage) {
      usage = { totalBytes: 0, bytes: 0, spans: 0 };
      this.#entities.set(entityId, usage);
    }
    usage.bytes += bytes;
    usage.spans += spans;
  }

  /**
   * Adds this replica's part to the database and reads the totals. One flush at
   * a time: two would add the same part twice.
   */
  readonly flush = singleFlight(() => this.#flush());

  async #flush(): Promise<void> {
    this.#startDay();
    const day = this.#day;
    const added = [...this.#entities].flatMap(([entityId, usage]) =>
      usage.bytes > 0
        ? [{ entityId, bytes: usage.bytes, spans: usage.spans }]
        : [],
    );
    if (added.length === 0) {
      return;
    }
    const totals = await addUsage(this.#knex, day, added);
    if (this.#day !== day) {
      return;
    }
    for (const { entityId, bytes, spans } of added) {
      const usage = this.#entities.get(entityId)!;
      usage.bytes -= bytes;
      usage.spans -= spans;
    }
    for (const { entityId, bytes } of totals) {
      this.#entities.get(entityId)!.totalBytes = bytes;
    }
  }

  #startDay(): void {
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    if (day !== this.#day) {
      this.#day = day;
      this.#entities.clear();
    }
  }
}

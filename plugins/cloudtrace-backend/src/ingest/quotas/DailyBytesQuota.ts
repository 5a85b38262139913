import type { EntityServers } from '../../database/distribution/ServerPools';
import { singleFlight } from '../../periodic/singleFlight';
import { addUsage, type Usage } from '../database/addUsage';

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
  readonly #servers: Pick<EntityServers, 'serverOf' | 'poolOf'>;
  readonly #bytesPerDay: number;
  readonly #now: () => number;

  constructor(
    servers: Pick<EntityServers, 'serverOf' | 'poolOf'>,
    /** 0 disables the quota; usage is still recorded. */
    bytesPerDay: number,
    now: () => number = Date.now,
  ) {
    this.#servers = servers;
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
    const byServer = new Map<number, Usage[]>();
    for (const [entityId, { bytes, spans }] of this.#entities) {
      if (bytes === 0) continue;
      const server = this.#servers.serverOf(entityId);
      const usages = byServer.get(server) ?? [];
      usages.push({ entityId, bytes, spans });
      byServer.set(server, usages);
    }
    // Each server by itself; what one does not take is added next time.
    const results = await Promise.allSettled(
      [...byServer].map(([server, added]) => this.#add(server, added)),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) throw (failed as PromiseRejectedResult).reason;
  }

  async #add(server: number, added: readonly Usage[]): Promise<void> {
    const day = this.#day;
    const totals = await addUsage(this.#servers.poolOf(server), day, added);
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

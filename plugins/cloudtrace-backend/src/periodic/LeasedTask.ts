import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { withStatementTimeout } from '../database/withStatementTimeout';
import { beginRun } from './database/beginRun';
import { finishRun } from './database/finishRun';
import { releaseLease } from './database/releaseLease';
import { renewLease } from './database/renewLease';

/** A replica that does not renew its lease for this long counts as dead. */
export const LEASE_MS = 20_000;
const HEARTBEAT_MS = 5_000;
/** A lease is a row; longer means that somebody locks it, or the server hangs. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** How often each replica checks whether a run is due, at most every 5 seconds. */
export function checkIntervalMs(frequencyMs: number): number {
  return Math.min(HEARTBEAT_MS, Math.max(1_000, frequencyMs / 12));
}

/**
 * Periodic work that only one replica does at a time. A replica that dies is
 * replaced after its lease and one check, and its unfinished run starts again
 * at once.
 */
export class LeasedTask {
  readonly #knex: Knex;
  readonly #name: string;
  readonly #holder = randomUUID();
  readonly #frequencyMs: number;
  readonly #logger: LoggerService;
  readonly #run: (signal: AbortSignal) => Promise<void>;
  #leads = false;
  #released = false;

  constructor(options: {
    knex: Knex;
    name: string;
    /** Time from the start of one run to the next. */
    frequencyMs: number;
    logger: LoggerService;
    /** Its signal is aborted when another replica takes over. */
    run: (signal: AbortSignal) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#name = options.name;
    this.#frequencyMs = options.frequencyMs;
    this.#logger = options.logger;
    this.#run = options.run;
  }

  /** Runs if this replica leads and a run is due. */
  async check(signal: AbortSignal): Promise<void> {
    if (!(await this.#renew())) return;
    const due = await this.#briefly(tx =>
      beginRun(tx, { ...this.#lease, frequencyMs: this.#frequencyMs }),
    );
    if (!due) return;
    const lost = new AbortController();
    const heartbeat = this.#keepLease(signal, lost);
    try {
      await this.#run(AbortSignal.any([signal, lost.signal]));
    } finally {
      clearInterval(heartbeat);
      await this.#briefly(tx => finishRun(tx, this.#lease));
    }
  }

  /** Lets another replica lead immediately. This one does not lead again. */
  async release(): Promise<void> {
    this.#released = true;
    try {
      await this.#briefly(tx => releaseLease(tx, this.#lease));
    } catch (error) {
      // The database may be gone already; the lease expires by itself.
      this.#logger.debug(`Could not release the lease of ${this.#name}`, {
        error: String(error),
      });
    }
  }

  get #lease() {
    return { name: this.#name, holder: this.#holder };
  }

  async #renew(): Promise<boolean> {
    // A check or heartbeat during a shutdown would undo the release.
    if (this.#released) return false;
    const leads = await this.#briefly(tx =>
      renewLease(tx, { ...this.#lease, leaseMs: LEASE_MS }),
    );
    if (leads && !this.#leads) {
      this.#logger.info(
        `Acquired the lease of ${this.#name} as ${this.#holder}`,
      );
    }
    this.#leads = leads;
    return leads;
  }

  #briefly<T>(work: (tx: Knex) => Promise<T>): Promise<T> {
    return withStatementTimeout(this.#knex, STATEMENT_TIMEOUT_MS, work);
  }

  #keepLease(signal: AbortSignal, lost: AbortController) {
    let renewedAtMs = Date.now();
    const timer = setInterval(async () => {
      // A run that hangs after its time limit must not lead for ever.
      if (signal.aborted) return;
      try {
        if (await this.#renew()) renewedAtMs = Date.now();
        else lost.abort(new Error('Another replica has taken over'));
      } catch (error) {
        this.#logger.warn(`Could not renew the lease of ${this.#name}`, {
          error: String(error),
        });
        // Without the database, another replica may lead by now.
        if (Date.now() - renewedAtMs > LEASE_MS) lost.abort(error);
      }
    }, HEARTBEAT_MS);
    timer.unref();
    return timer;
  }
}

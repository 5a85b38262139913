/** Access keys as the SDK's clients take them. */
export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

const EXPIRY_MARGIN_MS = 5 * 60_000;
/** A failure to get keys counts this long, so that a cycle asks once and not once per call. */
const FAILURE_MS = 30_000;
/** Keys that AWS refuses are asked for anew this often at most: new ones seldom help. */
const RENEWAL_MS = 5 * 60_000;

/**
 * One account's keys, shared by all its clients, so that a role is assumed once
 * and not once per client, region or call.
 */
export class AccountIdentity {
  readonly #load: () => Promise<AwsIdentity>;
  readonly #now: () => number;
  #current: Promise<AwsIdentity> | undefined;
  #expiresAtMs = 0;
  #failure: { error: unknown; untilMs: number } | undefined;
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #generation = 0;

  constructor(options: {
    load: () => Promise<AwsIdentity>;
    now?: () => number;
  }) {
    this.#load = options.load;
    this.#now = options.now ?? Date.now;
  }

  /** Grows with each renewal: clients of an earlier generation hold keys that were refused. */
  get generation(): number {
    return this.#generation;
  }

  /** The keys, loaded on first use and shortly before they expire. */
  readonly provide = async (): Promise<AwsIdentity> => {
    const nowMs = this.#now();
    if (this.#failure && nowMs < this.#failure.untilMs) {
      throw this.#failure.error;
    }
    if (!this.#current || nowMs >= this.#expiresAtMs) this.#begin();
    return this.#current!;
  };

  /**
   * Asks for new keys after AWS refused those of a generation. Resolves to
   * whether there are others to try, which is not so if they were renewed
   * a moment ago. Rejects if none can be had.
   */
  async renew(refused: number): Promise<boolean> {
    if (refused < this.#generation) return true;
    const nowMs = this.#now();
    const failed = this.#failure !== undefined && nowMs < this.#failure.untilMs;
    if (failed || nowMs - this.#renewedAtMs < RENEWAL_MS) return false;
    this.#renewedAtMs = nowMs;
    this.#generation += 1;
    this.#begin();
    await this.#current;
    return true;
  }

  #begin() {
    const loading = this.#load();
    this.#current = loading;
    this.#failure = undefined;
    this.#expiresAtMs = Number.POSITIVE_INFINITY;
    loading.then(
      ({ expiration }) => {
        if (expiration && this.#current === loading) {
          this.#expiresAtMs = expiration.getTime() - EXPIRY_MARGIN_MS;
        }
      },
      error => {
        if (this.#current !== loading) return;
        this.#current = undefined;
        this.#failure = { error, untilMs: this.#now() + FAILURE_MS };
      },
    );
  }
}

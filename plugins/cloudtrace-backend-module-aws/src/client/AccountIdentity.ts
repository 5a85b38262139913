/** Access keys in the form that the SDK's clients accept. */
export interface AwsIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

const EXPIRY_MARGIN_MS = 5 * 60_000;
/**
 * How long a failure to get keys counts, so that a cycle requests them once and
 * not once per call.
 */
const FAILURE_MS = 30_000;
/** The shortest interval between renewals of keys that AWS rejects: new keys seldom help. */
const RENEWAL_MS = 5 * 60_000;

/**
 * One account's keys. All its clients share them, so that the module assumes a
 * role once, not once per client, region or call.
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

  /** Grows with each renewal: clients of an earlier generation use rejected keys. */
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
   * Requests new keys after AWS rejected those of a generation. Resolves to
   * true if there are other keys to try, which is not the case right after a
   * renewal. Rejects if no keys are available.
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

import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  IterableBackoff,
} from 'cockatiel';
import {
  type AwsCallError,
  type AwsCallPlace,
  PausedCallError,
} from './AwsCallError';

/**
 * Pauses calls that keep failing, and remembers the first failure: as long as
 * they are paused, that is the cause to report.
 */
export class CallBreaker {
  readonly #policy: CircuitBreakerPolicy;
  readonly #handles: (error: AwsCallError) => boolean;
  #first: AwsCallError | undefined;

  constructor(options: {
    /** Failures that count. */
    handles: (error: AwsCallError) => boolean;
    /** Consecutive failures before the first pause. */
    failures: number;
    /** Lengths of the first pause, the second and so on; the last one repeats. */
    pausesMs: readonly number[];
    onPause?: (first: AwsCallError) => void;
  }) {
    this.#handles = options.handles;
    this.#policy = circuitBreaker(
      handleWhen(error => options.handles(error as AwsCallError)),
      {
        halfOpenAfter: new IterableBackoff(options.pausesMs),
        breaker: new ConsecutiveBreaker(options.failures),
      },
    );
    this.#policy.onBreak(() => options.onPause?.(this.#first!));
  }

  /** Makes the call unless calls are paused. */
  async execute<T>(place: AwsCallPlace, call: () => Promise<T>): Promise<T> {
    try {
      return await this.#policy.execute(() => this.#watch(call));
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new PausedCallError(place, this.#first!);
    }
  }

  async #watch<T>(call: () => Promise<T>): Promise<T> {
    try {
      const answer = await call();
      this.#forget();
      return answer;
    } catch (error) {
      if (!this.#handles(error as AwsCallError)) this.#forget();
      else this.#first ??= error as AwsCallError;
      throw error;
    }
  }

  /**
   * AWS responded, even if it denied the call. A response that arrives during a
   * pause changes nothing.
   */
  #forget() {
    if (this.#policy.state !== CircuitState.Open) this.#first = undefined;
  }
}

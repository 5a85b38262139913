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
 * Pauses calls that keep failing, and remembers with what it began: as long as
 * they are paused, that is what is wrong.
 */
export class CallBreaker {
  readonly #policy: CircuitBreakerPolicy;
  readonly #handles: (error: AwsCallError) => boolean;
  #first: AwsCallError | undefined;

  constructor(options: {
    /** Failures that count. */
    handles: (error: AwsCallError) => boolean;
    /** Failures in a row before the first pause. */
    failures: number;
    /** Length of the first pause, the second and so on; the last one is repeated. */
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

  /** AWS answered, be it with a refusal. An answer that comes when calls are paused already changes nothing. */
  #forget() {
    if (this.#policy.state !== CircuitState.Open) this.#first = undefined;
  }
}

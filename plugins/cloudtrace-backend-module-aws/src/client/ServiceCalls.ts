import type { LoggerService } from '@backstage/backend-plugin-api';
import limitFunction, { type Limit } from 'p-limit';
import type { AwsCall, AwsService } from '../calls/AwsCall';
import type { AwsConfig } from '../config/types';
import type { AccountIdentity } from './AccountIdentity';
import { AwsCallError, PausedCallError } from './AwsCallError';
import { CallBreaker } from './CallBreaker';
import { CallCutError, isOutage } from './classifyAwsError';
import { type AwsClient, createClient } from './createClient';
import { untilAborted } from './untilAborted';

const FAILURES_BEFORE_PAUSE = 6;
const PAUSE_MS = 60_000;
/** Shorter than a gap, because otherwise throttling would look like an outage. */
const THROTTLE_PAUSES_MS = [60_000, 120_000, 240_000];
/** The share of a cycle's time that one call may use with all its attempts. */
const CALL_SHARE = 0.25;

/**
 * Calls to one service in one account and region. It has its own limiter and
 * breakers, so that a service that hangs, fails or throttles does not delay the
 * others.
 */
export class ServiceCalls {
  readonly #options: {
    accountId: string;
    region: string;
    service: AwsService;
    config: AwsConfig;
    identity: AccountIdentity;
    logger: LoggerService;
  };
  readonly #limit: Limit;
  readonly #breaker: CallBreaker;
  /** By action, because AWS throttles actions separately. */
  readonly #throttles = new Map<string, CallBreaker>();
  #client: { generation: number; client: AwsClient } | undefined;

  constructor(options: {
    accountId: string;
    region: string;
    service: AwsService;
    config: AwsConfig;
    identity: AccountIdentity;
    logger: LoggerService;
  }) {
    const { accountId, region, logger } = options;
    this.#options = options;
    this.#limit = limitFunction(options.config.limits.concurrency);
    this.#breaker = new CallBreaker({
      handles: ({ cause }) => isOutage(cause),
      failures: FAILURES_BEFORE_PAUSE,
      pausesMs: [PAUSE_MS],
      onPause: first =>
        logger.warn(
          `${
            options.service
          } in AWS account ${accountId}, region ${region} keeps failing; pausing its calls for ${
            PAUSE_MS / 1000
          } s`,
          first.cause as Error,
        ),
    });
  }

  /** Throws `AwsCallError`. */
  call<I extends object, O>(
    what: AwsCall<I, O>,
    input: I,
    signal: AbortSignal,
  ): Promise<O> {
    return this.#limit(() => this.#attempt(what, input, signal));
  }

  async #attempt<I extends object, O>(
    what: AwsCall<I, O>,
    input: I,
    signal: AbortSignal,
  ): Promise<O> {
    const { identity } = this.#options;
    const { generation } = identity;
    const once = () => this.#guard(what, () => this.#send(what, input, signal));
    try {
      return await once();
    } catch (error) {
      const refused =
        error instanceof AwsCallError &&
        error.code === 'expired-credentials' &&
        !(error instanceof PausedCallError);
      // One more attempt with fresh keys: a role's session can end early.
      if (refused && (await this.#renew(what, generation, signal))) {
        return once();
      }
      throw error;
    }
  }

  async #renew(
    what: AwsCall<object, unknown>,
    generation: number,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      return await untilAborted(
        this.#options.identity.renew(generation),
        signal,
      );
    } catch (error) {
      throw this.#error(what, error);
    }
  }

  #guard<O>(what: AwsCall<never, O>, send: () => Promise<O>): Promise<O> {
    const place = this.#place(what);
    return this.#breaker.execute(place, () =>
      this.#throttleOf(what.iamAction).execute(place, send),
    );
  }

  async #send<I extends object, O>(
    what: AwsCall<I, O>,
    input: I,
    signal: AbortSignal,
  ): Promise<O> {
    const { limits } = this.#options.config;
    const ownTime = AbortSignal.timeout(
      Math.round(CALL_SHARE * limits.cycleTimeoutMs),
    );
    const abortSignal = AbortSignal.any([signal, ownTime]);
    const startMs = Date.now();
    try {
      signal.throwIfAborted();
      const sent = this.#clientNow().send(what.create(input), { abortSignal });
      // The SDK respects the signal only once it has credentials.
      return (await untilAborted(sent, abortSignal)) as O;
    } catch (error) {
      // A short or busy cycle says nothing about the service.
      const cut =
        abortSignal.aborted && Date.now() - startMs < limits.requestTimeoutMs;
      throw this.#error(
        what,
        cut ? new CallCutError('the cycle is over') : error,
      );
    }
  }

  #clientNow(): AwsClient {
    const { identity, service, region, config } = this.#options;
    if (this.#client?.generation !== identity.generation) {
      this.#client?.client.destroy();
      this.#client = {
        generation: identity.generation,
        client: createClient({
          service,
          region,
          config,
          credentials: identity.provide,
        }),
      };
    }
    return this.#client.client;
  }

  #throttleOf(iamAction: string): CallBreaker {
    const existing = this.#throttles.get(iamAction);
    if (existing) return existing;
    const throttle = new CallBreaker({
      handles: ({ code }) => code === 'throttled',
      failures: 1,
      pausesMs: THROTTLE_PAUSES_MS,
    });
    this.#throttles.set(iamAction, throttle);
    return throttle;
  }

  #place({ iamAction }: { iamAction: string }) {
    const { accountId, region } = this.#options;
    return { iamAction, accountId, region };
  }

  #error(what: { iamAction: string }, cause: unknown): AwsCallError {
    return new AwsCallError(this.#place(what), cause);
  }
}

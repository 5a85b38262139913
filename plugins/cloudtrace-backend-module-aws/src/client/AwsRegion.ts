import type { IPolicy } from 'cockatiel';
import limitFunction, { type Limit } from 'p-limit';
import type { AwsCall, AwsListCall } from '../calls/AwsCall';
import type { AwsConfig } from '../config/types';
import { AwsCallError } from './AwsCallError';
import { CallCutError, classifyAwsError } from './classifyAwsError';
import { type AwsClients, createClients } from './createClients';
import type { AwsIdentityProvider } from './credentials';
import { untilAborted } from './untilAborted';

/** A list as far as it was read. */
export interface AwsList<T> {
  items: T[];
  /** More pages exist than were read. */
  truncated: boolean;
}

/** Calls to one account and region, bounded by one cycle's time. */
export interface AwsRegionApi {
  readonly accountId: string;
  readonly region: string;
  /** Throws `AwsCallError`. */
  call<I extends object, O>(call: AwsCall<I, O>, input: I): Promise<O>;
  /** Reads all pages up to the bound. Throws `AwsCallError`. */
  list<I extends object, O, T>(
    call: AwsListCall<I, O, T>,
    input: I,
    options?: { maxPages?: number },
  ): Promise<AwsList<T>>;
}

/** Clients of one account and region behind one limiter. */
export class AwsRegion {
  readonly accountId: string;
  readonly region: string;
  private readonly limit: Limit;
  private clients: AwsClients;
  private readonly makeClients: () => AwsClients;
  private readonly options: {
    config: AwsConfig;
    identity: AwsIdentityProvider;
    breaker: IPolicy;
  };

  constructor(options: {
    accountId: string;
    region: string;
    config: AwsConfig;
    identity: AwsIdentityProvider;
    breaker: IPolicy;
  }) {
    this.accountId = options.accountId;
    this.region = options.region;
    this.options = options;
    this.limit = limitFunction(options.config.limits.concurrency);
    this.makeClients = () =>
      createClients(options.region, options.config, options.identity);
    this.clients = this.makeClients();
  }

  /** Key of the account and region, e.g. `123456789012/eu-central-1`. */
  get key(): string {
    return `${this.accountId}/${this.region}`;
  }

  /** The calls, all of which fail once `signal` is aborted. */
  withSignal(signal: AbortSignal): AwsRegionApi {
    const call = <I extends object, O>(what: AwsCall<I, O>, input: I) =>
      this.call(what, input, signal);
    const list = async <I extends object, O, T>(
      what: AwsListCall<I, O, T>,
      input: I,
      options?: { maxPages?: number },
    ): Promise<AwsList<T>> => {
      const maxPages = options?.maxPages ?? this.options.config.limits.maxPages;
      const items: T[] = [];
      let next: I | undefined = input;
      for (let page = 0; next && page < maxPages; page++) {
        const output: O = await call(what, next);
        items.push(...(what.items(output) ?? []));
        const token = what.nextToken(output);
        next = token ? what.withToken(input, token) : undefined;
      }
      return { items, truncated: next !== undefined };
    };
    return { accountId: this.accountId, region: this.region, call, list };
  }

  private call<I extends object, O>(
    what: AwsCall<I, O>,
    input: I,
    signal: AbortSignal,
  ): Promise<O> {
    return this.limit(async () => {
      try {
        return await this.send(what, input, signal);
      } catch (error) {
        throw new AwsCallError(
          what.iamAction,
          this.accountId,
          this.region,
          error,
        );
      }
    });
  }

  private async send<I extends object, O>(
    what: AwsCall<I, O>,
    input: I,
    signal: AbortSignal,
  ): Promise<O> {
    signal.throwIfAborted();
    const once = () =>
      this.options.breaker.execute(async () => {
        const startMs = Date.now();
        const client = this.clients.get(what.service);
        const sent = client.send(what.create(input), { abortSignal: signal });
        try {
          // The SDK heeds the signal only once it has credentials.
          return (await untilAborted(sent, signal)) as O;
        } catch (error) {
          const { requestTimeoutMs } = this.options.config.limits;
          // A cycle with much to read says nothing about the account.
          throw signal.aborted && Date.now() - startMs < requestTimeoutMs
            ? new CallCutError('the cycle is over')
            : error;
        }
      });
    const { clients } = this;
    try {
      return await once();
    } catch (error) {
      if (classifyAwsError(error) !== 'expired-credentials') throw error;
      // One new try with fresh keys: a role's session can end early.
      if (this.clients === clients) {
        await untilAborted(
          this.options.identity({ forceRefresh: true }),
          signal,
        );
        this.clients = this.makeClients();
      }
      return once();
    }
  }
}

import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsCall, AwsListCall, AwsService } from '../calls/AwsCall';
import type { AwsConfig } from '../config/types';
import type { AccountIdentity } from './AccountIdentity';
import { ServiceCalls } from './ServiceCalls';

/** A list, as far as it was read. */
export interface AwsList<T> {
  items: T[];
  /** The list has more pages than were read. */
  truncated: boolean;
}

/** Calls to one account and region, limited to one cycle's time. */
export interface AwsRegionApi {
  readonly accountId: string;
  readonly region: string;
  /** Throws `AwsCallError`. */
  call<I extends object, O>(call: AwsCall<I, O>, input: I): Promise<O>;
  /** Reads all pages up to the limit. Throws `AwsCallError`. */
  list<I extends object, O, T>(
    call: AwsListCall<I, O, T>,
    input: I,
    options?: { maxPages?: number },
  ): Promise<AwsList<T>>;
}

/** Calls to one account and region; each service there fails and waits independently. */
export class AwsRegion {
  readonly accountId: string;
  readonly region: string;
  readonly #config: AwsConfig;
  readonly #services = new Map<AwsService, ServiceCalls>();
  readonly #makeService: (service: AwsService) => ServiceCalls;

  constructor(options: {
    accountId: string;
    region: string;
    config: AwsConfig;
    identity: AccountIdentity;
    logger: LoggerService;
  }) {
    this.accountId = options.accountId;
    this.region = options.region;
    this.#config = options.config;
    this.#makeService = service => new ServiceCalls({ ...options, service });
  }

  /** Key of the account and region, e.g. `123456789012/eu-central-1`. */
  get key(): string {
    return `${this.accountId}/${this.region}`;
  }

  /** The calls, all of which fail once `signal` is aborted. */
  withSignal(signal: AbortSignal): AwsRegionApi {
    const call = <I extends object, O>(what: AwsCall<I, O>, input: I) =>
      this.#callsOf(what.service).call(what, input, signal);
    const list = async <I extends object, O, T>(
      what: AwsListCall<I, O, T>,
      input: I,
      options?: { maxPages?: number },
    ): Promise<AwsList<T>> => {
      const maxPages = options?.maxPages ?? this.#config.limits.maxPages;
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

  #callsOf(service: AwsService): ServiceCalls {
    const existing = this.#services.get(service);
    if (existing) return existing;
    const made = this.#makeService(service);
    this.#services.set(service, made);
    return made;
  }
}

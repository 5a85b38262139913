import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { singleFlight } from '../periodic/singleFlight';
import {
  addUnknownServices,
  MAX_UNKNOWN_SERVICES,
  OTHER_SERVICES,
  type UnknownServiceRow,
} from './database/unknownServices';
import { MAX_NAME_LENGTH } from './names/ServiceNames';
import type { NoServiceOwner } from './types';

/** How long a service that sends nothing more stays in the list. */
const KEEP_MS = 30 * 86_400_000;

/**
 * Counts services that no entity gets, in memory until they are written. Names
 * are text from outside: their number and length are limited.
 */
export class UnknownServices {
  readonly #knex: Knex;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #counted = new Map<string, UnknownServiceRow>();

  constructor(options: {
    knex: Knex;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  /** Counts spans of a service. */
  count(
    service: { name: string; namespace: string },
    { reason, environment }: NoServiceOwner,
    spans: number,
  ): void {
    const at = new Date(this.#now());
    this.#add({
      name: clean(service.name),
      namespace: clean(service.namespace),
      reason,
      environment: environment === undefined ? null : clean(environment),
      spans,
      firstSeenAt: at,
      lastSeenAt: at,
    });
  }

  /** Writes what was counted since the last call; never throws. */
  readonly flush = singleFlight(() => this.#flush());

  async #flush(): Promise<void> {
    if (this.#counted.size === 0) return;
    const counted = this.#counted;
    this.#counted = new Map();
    try {
      await addUnknownServices(
        this.#knex,
        [...counted.values()],
        new Date(this.#now() - KEEP_MS),
      );
    } catch (error) {
      this.#logger.warn('Could not record unknown services', error as Error);
      for (const row of counted.values()) this.#add(row);
    }
  }

  #add(row: UnknownServiceRow): void {
    let { name, namespace } = row;
    if (
      !this.#counted.has(keyOf({ name, namespace })) &&
      this.#counted.size >= MAX_UNKNOWN_SERVICES
    ) {
      name = OTHER_SERVICES;
      namespace = '';
    }
    const key = keyOf({ name, namespace });
    const sum = this.#counted.get(key);
    this.#counted.set(key, {
      ...row,
      name,
      namespace,
      spans: row.spans + (sum?.spans ?? 0),
      firstSeenAt: sum?.firstSeenAt ?? row.firstSeenAt,
      lastSeenAt: sum?.lastSeenAt ?? row.lastSeenAt,
    });
    const merged = this.#counted.get(key)!;
    if (row.firstSeenAt < merged.firstSeenAt) {
      merged.firstSeenAt = row.firstSeenAt;
    }
    if (row.lastSeenAt > merged.lastSeenAt) merged.lastSeenAt = row.lastSeenAt;
  }
}

function keyOf(service: { name: string; namespace: string }): string {
  return `${service.name}\n${service.namespace}`;
}

/** Text that PostgreSQL can store, of limited length. */
function clean(text: string): string {
  const short =
    text.length > MAX_NAME_LENGTH
      ? `${text.slice(0, MAX_NAME_LENGTH - 1)}…`
      : text;
  return Buffer.from(short.replaceAll('\u0000', '')).toString();
}

import type { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { setTimeout as sleep } from 'node:timers/promises';

/** Senders must not wait long for a catalog that does not respond. */
const TIMEOUT_MS = 1_000;
/** How long to leave the catalog alone after a failure. */
const RETRY_AFTER_MS = 15_000;

/** Provides the uids of entities in the catalog. */
export interface EntityUids {
  /** Never throws; omits entities whose uid is currently unreadable. */
  read(entityRefs: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/**
 * Reads the uids of entities from the catalog.
 *
 * @remarks Ingest continues without the catalog: the database has the result of
 * an earlier use of a token. Old responses are not cached, because they would
 * stop a token created after an entity was registered again.
 */
export class CatalogEntityUids implements EntityUids {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #failedAt = -Infinity;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#now = options.now ?? Date.now;
  }

  async read(
    entityRefs: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    if (this.#now() - this.#failedAt < RETRY_AFTER_MS) return new Map();
    try {
      const items = await within(TIMEOUT_MS, this.#ask(entityRefs));
      return new Map(
        entityRefs.flatMap((ref, i): [string, string][] => {
          const uid = items[i]?.metadata.uid;
          return uid ? [[ref, uid]] : [];
        }),
      );
    } catch (error) {
      this.#failedAt = this.#now();
      this.#logger.warn(
        'Could not check in the catalog whether entities of ingest tokens were registered again',
        error as Error,
      );
      return new Map();
    }
  }

  async #ask(entityRefs: readonly string[]) {
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: [...entityRefs],
        fields: ['kind', 'metadata.name', 'metadata.namespace', 'metadata.uid'],
      },
      { credentials },
    );
    return items;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const timeout = sleep(ms, undefined, {
    signal: ended.signal,
    ref: false,
  }).then(() => {
    throw new Error(`No response within ${ms} ms`);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    timeout.catch(() => undefined);
    ended.abort();
  }
}

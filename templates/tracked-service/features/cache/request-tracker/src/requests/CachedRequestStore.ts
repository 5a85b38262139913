import type { Cache } from '../cache/types.js';
import type {
  CreateResult,
  ListOptions,
  NewRequest,
  RequestStatus,
  RequestStore,
  RequestWithEvents,
  TrackedRequest,
} from './types.js';

/**
 * Reads single requests through a cache.
 *
 * A change overwrites the entry, and a read only fills a missing one, so that a slow reader cannot replace a newer
 * state with an older one. If the cache is lost in between, an entry is stale for at most its time to live.
 */
export class CachedRequestStore implements RequestStore {
  readonly #store: RequestStore;
  readonly #cache: Cache;

  constructor(options: { store: RequestStore; cache: Cache }) {
    this.#store = options.store;
    this.#cache = options.cache;
  }

  create(input: NewRequest, idempotencyKey?: string): Promise<CreateResult> {
    return this.#store.create(input, idempotencyKey);
  }

  async find(id: string): Promise<RequestWithEvents | undefined> {
    const cached = await this.#cache.get(keyOf(id));
    if (cached) return JSON.parse(cached) as RequestWithEvents;

    const found = await this.#store.find(id);
    if (found) await this.#cache.fill(keyOf(id), JSON.stringify(found));
    return found;
  }

  list(options: ListOptions): Promise<TrackedRequest[]> {
    return this.#store.list(options);
  }

  async changeStatus(
    id: string,
    status: RequestStatus,
  ): Promise<RequestWithEvents | undefined> {
    const changed = await this.#store.changeStatus(id, status);
    if (changed) await this.#cache.set(keyOf(id), JSON.stringify(changed));
    return changed;
  }
}

function keyOf(id: string): string {
  return `request:${id.toLowerCase()}`;
}

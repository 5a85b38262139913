import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryRequestStore } from '../../test/support/MemoryRequestStore.js';
import type { Cache } from '../cache/types.js';
import { CachedRequestStore } from './CachedRequestStore.js';

class MemoryCache implements Cache {
  readonly entries = new Map<string, string>();
  down = false;

  async get(key: string): Promise<string | undefined> {
    return this.down ? undefined : this.entries.get(key);
  }

  async set(key: string, value: string): Promise<void> {
    if (!this.down) this.entries.set(key, value);
  }

  async fill(key: string, value: string): Promise<void> {
    if (!this.down && !this.entries.has(key)) this.entries.set(key, value);
  }

  async ping(): Promise<void> {
    if (this.down) throw new Error('down');
  }

  async close(): Promise<void> {
    this.entries.clear();
  }
}

const input = { subject: 'Printer is on fire', requester: 'ada' };
let cache: MemoryCache;
let source: MemoryRequestStore;
let store: CachedRequestStore;

beforeEach(() => {
  cache = new MemoryCache();
  source = new MemoryRequestStore();
  store = new CachedRequestStore({ store: source, cache });
});

describe('CachedRequestStore', () => {
  it('reads once from the store, then from the cache', async () => {
    const { request } = await store.create(input);
    const first = await store.find(request.id);

    source.failure = new Error('must not be asked');
    expect(await store.find(request.id)).toEqual(first);
    expect(await store.find(request.id.toUpperCase())).toEqual(first);
  });

  it('shows a change immediately', async () => {
    const { request } = await store.create(input);
    await store.find(request.id);
    await store.changeStatus(request.id, 'done');

    expect(await store.find(request.id)).toMatchObject({ status: 'done' });
  });

  it('does not let a slow reader restore an older state', async () => {
    const { request } = await store.create(input);
    const readBeforeChange = await source.find(request.id);
    const overtaken = new CachedRequestStore({
      cache,
      store: Object.assign(new MemoryRequestStore(), {
        find: async () => {
          await store.changeStatus(request.id, 'done');
          return readBeforeChange;
        },
      }),
    });

    expect(await overtaken.find(request.id)).toMatchObject({ status: 'open' });
    expect(await store.find(request.id)).toMatchObject({ status: 'done' });
  });

  it('works without the cache', async () => {
    cache.down = true;
    const { request } = await store.create(input);
    await store.changeStatus(request.id, 'in_progress');

    expect(await store.find(request.id)).toMatchObject({
      status: 'in_progress',
    });
  });
});

import { metrics } from '@opentelemetry/api';
import type { CacheCounts } from './Cache.js';

const requests = metrics
  .getMeter('notifications')
  .createCounter('cache.requests', {
    description: 'Reads of the cache, by result: hit, miss or error',
  });

/** Counts reads of the cache, for the figures of this instance and for telemetry. */
export class CacheFigures {
  #hits = 0;
  #misses = 0;
  #errors = 0;

  get counts(): CacheCounts {
    return { hits: this.#hits, misses: this.#misses, errors: this.#errors };
  }

  hit(): void {
    this.#hits += 1;
    requests.add(1, { result: 'hit' });
  }

  miss(): void {
    this.#misses += 1;
    requests.add(1, { result: 'miss' });
  }

  error(): void {
    this.#errors += 1;
    requests.add(1, { result: 'error' });
  }
}

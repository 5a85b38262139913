import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import type { Instance } from '../../instance/detectInstance.js';
import type { InstanceSample } from './types.js';

const microsecondsPerMs = 1_000;

/** Measures this process: its CPU time and the response times of its requests. */
export class InstanceSampler {
  readonly #instance: Instance;
  readonly #responseTimes: RecordableHistogram = createHistogram();
  #cpu = process.cpuUsage();
  #startedAt = performance.now();

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  recordResponse(durationMs: number): void {
    this.#responseTimes.record(
      Math.max(Math.round(durationMs * microsecondsPerMs), 1),
    );
  }

  /** Ends the current period. */
  take(options: { leaving: boolean }): Omit<InstanceSample, 'sampledAt'> {
    const now = performance.now();
    const elapsedMs = Math.max(now - this.#startedAt, 1);
    const used = process.cpuUsage(this.#cpu);
    const requests = this.#responseTimes.count;
    const sample = {
      instanceId: this.#instance.id,
      zone: this.#instance.zone,
      cpuPercent:
        ((used.user + used.system) / microsecondsPerMs / elapsedMs) * 100,
      memoryBytes: process.memoryUsage.rss(),
      requestsPerSecond: (requests / elapsedMs) * 1_000,
      medianMs: requests > 0 ? this.#percentileMs(50) : null,
      p95Ms: requests > 0 ? this.#percentileMs(95) : null,
      leaving: options.leaving,
    };
    this.#responseTimes.reset();
    this.#cpu = process.cpuUsage();
    this.#startedAt = now;
    return sample;
  }

  #percentileMs(percentile: number): number {
    return this.#responseTimes.percentile(percentile) / microsecondsPerMs;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { httpSpan, otlpProtobuf, testId } from '../../../testUtils/otlp';

/** Statuses after which an exporter retries the same body. */
const RETRYABLE = new Set([429, 502, 503, 504]);

/**
 * Sends batches like an exporter, with retries, and records which spans were
 * acknowledged and which responses arrived.
 */
export class Sender {
  readonly acknowledged: string[] = [];
  readonly statuses: Record<string, number> = {};
  /** `Retry-After` of 429 and 503 responses; empty if absent. */
  readonly retryAfters = new Set<string>();
  /** The longest time that a response took. */
  slowestMs = 0;
  /** Spans of all bodies, each counted once regardless of retries. */
  sent = 0;
  #stopped = false;
  readonly #workers: Promise<void>[] = [];
  readonly #options: {
    token: string;
    /** URL of each attempt; called again for every attempt. */
    url(): string;
    spansPerBatch?: number;
  };

  constructor(options: {
    token: string;
    /** URL of each attempt; called again for every attempt. */
    url(): string;
    spansPerBatch?: number;
  }) {
    this.#options = options;
  }

  /** How often a status was returned so far. */
  answers(status: string): number {
    return this.statuses[status] ?? 0;
  }

  start(workers: number): void {
    for (let worker = 0; worker < workers; worker++) {
      this.#workers.push(this.#run(worker));
    }
  }

  /** Stops after running requests and their retries. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }

  /** Sends one span, without retries, and returns the status. */
  try(): Promise<string> {
    return this.#post(
      otlpProtobuf([
        {
          resource: { 'service.instance.id': 'i-0' },
          spans: [httpSpan({ traceId: testId(32), spanId: testId(16) })],
        },
      ]),
    );
  }

  async #run(worker: number): Promise<void> {
    const { spansPerBatch = 50 } = this.#options;
    while (!this.#stopped) {
      const traceId = testId(32);
      const ids = Array.from({ length: spansPerBatch }, () => testId(16));
      this.sent += ids.length;
      const body = otlpProtobuf([
        {
          resource: { 'service.instance.id': `i-${worker}` },
          spans: ids.map((spanId, index) =>
            httpSpan({ traceId, spanId, statusCode: index % 10 ? 0 : 2 }),
          ),
        },
      ]);
      // Twenty seconds cover the longest restart.
      for (let attempt = 0; attempt < 200; attempt++) {
        const status = await this.#post(body);
        this.statuses[status] = (this.statuses[status] ?? 0) + 1;
        if (status === '200') {
          this.acknowledged.push(...ids);
          break;
        }
        if (status !== 'cut' && !RETRYABLE.has(Number(status))) {
          break;
        }
        await sleep(100);
      }
    }
  }

  async #post(body: Buffer): Promise<string> {
    const began = performance.now();
    try {
      const response = await fetch(this.#options.url(), {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#options.token}`,
          'content-type': 'application/x-protobuf',
        },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(15_000),
      });
      await response.arrayBuffer();
      this.slowestMs = Math.max(
        this.slowestMs,
        Math.round(performance.now() - began),
      );
      if (response.status === 429 || response.status === 503) {
        this.retryAfters.add(response.headers.get('retry-after') ?? '');
      }
      return String(response.status);
    } catch {
      return 'cut';
    }
  }
}

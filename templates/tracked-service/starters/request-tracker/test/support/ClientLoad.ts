import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One HTTP exchange with a response. */
export interface Exchange {
  readonly traceId: string;
  readonly status: number;
  readonly instanceId: string | null;
}

/** Well-behaved clients: one idempotency key per write, repeated on another instance until it is acknowledged. */
export class ClientLoad {
  /** Subjects whose write was acknowledged with 201. */
  readonly acknowledged: string[] = [];
  readonly exchanges: Exchange[] = [];
  /** Exchanges without a response: the connection was refused or lost. */
  unanswered = 0;
  readonly #urls: readonly string[];
  readonly #stop = new AbortController();
  #turn = 0;
  #clients: Promise<void>[] = [];

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  start(clients: number, pauseMs: number): void {
    this.#clients = Array.from({ length: clients }, () => this.#run(pauseMs));
  }

  /** Lets every client finish its current write. */
  async finish(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#clients);
  }

  async #run(pauseMs: number): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#write();
      await sleep(pauseMs);
    }
  }

  async #write(): Promise<void> {
    const key = randomUUID();
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if ((await this.#send(key)) === 201) {
        this.acknowledged.push(key);
        return;
      }
      await sleep(100);
    }
    throw new Error(`Write ${key} was never acknowledged`);
  }

  async #send(key: string): Promise<number> {
    const url = this.#urls[this.#turn++ % this.#urls.length] ?? '';
    const traceId = randomBytes(16).toString('hex');
    try {
      const answer = await fetch(`${url}/requests`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
          // Not sampled by the caller: the service must trace it anyway.
          traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-00`,
        },
        body: JSON.stringify({ subject: key, requester: 'load' }),
        signal: AbortSignal.timeout(20_000),
      });
      await answer.arrayBuffer();
      this.exchanges.push({
        traceId,
        status: answer.status,
        instanceId: answer.headers.get('x-instance-id'),
      });
      return answer.status;
    } catch {
      this.unanswered += 1;
      return 0;
    }
  }
}

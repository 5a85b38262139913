import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const CLIENTS = 6;
const PAUSE_MS = 25;
const TIMEOUT_MS = 15_000;
const MAX_RUN_MS = 180_000;

/** Clients that write through the load balancer, and repeat a write with the same key until it is acknowledged. */
export class Writers {
  /** Ids of the stored requests that a client received, by its key. */
  readonly acknowledged = new Map<string, string>();
  /** Responses other than 201, or none. */
  readonly failures: Array<{ atMs: number; status: number }> = [];
  readonly instances = new Set<string>();
  /** How long the slowest response took. */
  slowestMs = 0;
  readonly #url: string;
  readonly #deadlineMs = Date.now() + MAX_RUN_MS;
  #stopped = false;
  readonly #clients: Promise<void>[];

  constructor(url: string) {
    this.#url = url;
    this.#clients = Array.from({ length: CLIENTS }, () => this.#work());
  }

  /** Lets each client finish its current write. */
  async finish(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#clients);
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const key = randomUUID();
      while (!(await this.#write(key))) {
        if (Date.now() > this.#deadlineMs) {
          throw new Error(`The write ${key} was never acknowledged`);
        }
        await delay(100);
      }
      await delay(PAUSE_MS);
    }
  }

  async #write(key: string): Promise<boolean> {
    const startedAtMs = Date.now();
    let status = 0;
    try {
      const answer = await fetch(`${this.#url}/requests`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify({ subject: key, requester: 'g2' }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const body = (await answer.json().catch(() => ({}))) as { id?: string };
      status = answer.status;
      this.slowestMs = Math.max(this.slowestMs, Date.now() - startedAtMs);
      if (status === 201 && body.id) {
        this.acknowledged.set(key, body.id);
        this.instances.add(answer.headers.get('x-instance-id') ?? '');
        return true;
      }
    } catch {
      // No response counts as a failure with the status 0.
    }
    this.failures.push({ atMs: Date.now(), status });
    return false;
  }
}

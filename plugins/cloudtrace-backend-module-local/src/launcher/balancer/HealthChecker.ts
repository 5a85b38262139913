import { request } from 'node:http';
import type { PoolTarget, TargetPool } from './TargetPool';
import type { ProbeResult } from './targetHealth';

/** Probes every target of a pool at a fixed interval. */
export class HealthChecker {
  readonly #pool: TargetPool;
  readonly #options: { path: string; intervalMs: number; timeoutMs: number };
  readonly #underWay = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    pool: TargetPool,
    options: { path: string; intervalMs: number; timeoutMs: number },
  ) {
    this.#pool = pool;
    this.#options = options;
  }

  start() {
    this.#timer = setInterval(() => this.checkAll(), this.#options.intervalMs);
  }

  stop() {
    clearInterval(this.#timer);
  }

  async checkAll(): Promise<void> {
    await Promise.all(
      this.#pool
        .list()
        .filter(target => !this.#underWay.has(target.id))
        .map(target => this.#check(target)),
    );
  }

  async #check(target: PoolTarget) {
    this.#underWay.add(target.id);
    try {
      this.#pool.record(
        target,
        await probe(target.port, this.#options.path, this.#options.timeoutMs),
      );
    } finally {
      this.#underWay.delete(target.id);
    }
  }
}

/**
 * One health-check request. Never throws. Uses the reason codes of AWS load
 * balancers if these have one.
 */
export function probe(
  port: number,
  path: string,
  timeoutMs: number,
): Promise<ProbeResult> {
  return new Promise(resolve => {
    let timer: NodeJS.Timeout | undefined = undefined;
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        agent: false,
        headers: { 'user-agent': 'cloudtrace-local-health-check' },
      },
      response => {
        response.resume();
        const status = response.statusCode ?? 0;
        resolve(
          status >= 200 && status < 300
            ? { ok: true }
            : {
                ok: false,
                reasonCode: 'Target.ResponseCodeMismatch',
                reason: `Health checks failed with these codes: [${status}]`,
              },
        );
        clearTimeout(timer);
      },
    );
    timer = setTimeout(() => {
      resolve({
        ok: false,
        reasonCode: 'Target.Timeout',
        reason: 'Request timed out',
      });
      outgoing.destroy();
    }, timeoutMs);
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(connectionFailure(error));
    });
    outgoing.end();
  });
}

/** A failed connection as a probe result. */
export function connectionFailure(error: NodeJS.ErrnoException): ProbeResult {
  return {
    ok: false,
    reasonCode: 'Target.FailedHealthChecks',
    reason:
      error.code === 'ECONNREFUSED'
        ? 'Health checks failed: connection refused, nothing listens on the port'
        : `Health checks failed: ${error.code ?? error.message}`,
  };
}

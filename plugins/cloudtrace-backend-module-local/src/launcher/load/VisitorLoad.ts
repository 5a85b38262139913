import { setTimeout as sleep } from 'node:timers/promises';
import { LoadClient } from './LoadClient';
import type { LoadAnswer, PlannedRequest, ServiceLoad } from './types';
import { browse, signIn, type Visit } from './visitShop';

const TICK_MS = 1_000;
/** From one quiet moment to the next. */
const WAVE_MS = 300_000;
const MIN_PAUSE_MS = 400;
const MAX_PAUSE_MS = 1_600;

/**
 * Visitors of a storefront: their number rises and falls. Each signs in,
 * browses and buys, one request after the other with pauses, so that a slow
 * service gets fewer requests, not a pile of them.
 */
export class VisitorLoad implements ServiceLoad {
  readonly unit = 'visitors';
  readonly maximum = 60;
  /** Visitors at the peak of the wave. */
  amount: number;
  readonly #client: LoadClient;
  readonly #random: () => number;
  readonly #inside = new Map<number, AbortController>();
  #startedAtMs = Date.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    port: number;
    amount: number;
    random?: () => number;
  }) {
    this.#client = new LoadClient(options.port);
    this.amount = options.amount;
    this.#random = options.random ?? Math.random;
  }

  get visitors() {
    return this.#inside.size;
  }

  start() {
    this.#startedAtMs = Date.now();
    this.#timer = setInterval(() => this.#admit(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    for (const leave of this.#inside.values()) leave.abort();
    this.#inside.clear();
    this.#client.close();
  }

  /** Lets visitors in, one per tick, or lets the last ones leave. */
  #admit() {
    const wanted = visitorsAt(Date.now() - this.#startedAtMs, this.amount);
    const inside = this.#inside.size;
    if (inside < wanted) this.#enter(inside);
    for (let visitor = inside - 1; visitor >= wanted; visitor--) {
      this.#inside.get(visitor)?.abort();
      this.#inside.delete(visitor);
    }
  }

  #enter(visitor: number) {
    const leave = new AbortController();
    this.#inside.set(visitor, leave);
    this.#stay(visitor, leave.signal).catch(() => {
      // The visitor left in the middle of a pause.
    });
  }

  async #stay(visitor: number, signal: AbortSignal) {
    let cookie: string | undefined;
    const walk = async (visit: Visit) => {
      let step = visit.next();
      while (!step.done) {
        const answer = await this.#send(step.value, cookie);
        cookie = cookieAfter(answer, cookie);
        await this.#pause(signal);
        step = visit.next(answer);
      }
    };
    for (;;) {
      if (!cookie) await walk(signIn(visitor));
      await walk(browse(this.#random));
    }
  }

  #send(planned: PlannedRequest, cookie: string | undefined) {
    const headers = { ...planned.headers, ...(cookie && { cookie }) };
    return this.#client.send({ ...planned, headers });
  }

  #pause(signal: AbortSignal) {
    const ms = MIN_PAUSE_MS + this.#random() * (MAX_PAUSE_MS - MIN_PAUSE_MS);
    return sleep(ms, undefined, { signal });
  }
}

/** The number of visitors after this time: one at first, all of them half a wave later. */
export function visitorsAt(elapsedMs: number, peak: number): number {
  const share = (1 - Math.cos((2 * Math.PI * elapsedMs) / WAVE_MS)) / 2;
  return peak > 0 ? Math.max(1, Math.round(peak * share)) : 0;
}

/** A session that ended makes the visitor sign in again. */
function cookieAfter(answer: LoadAnswer, before: string | undefined) {
  return answer.status === 401 ? undefined : answer.cookies[0] ?? before;
}

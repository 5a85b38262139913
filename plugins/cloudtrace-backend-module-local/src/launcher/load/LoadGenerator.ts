import { Agent, request } from 'node:http';
import {
  RequestTrackerScenario,
  type PlannedRequest,
} from './RequestTrackerScenario';

/** A higher rate would take too much CPU from the portal. */
export const MAX_REQUESTS_PER_SECOND = 200;

const TICK_MS = 100;
const MAX_IN_FLIGHT = 100;
const ANSWER_TIMEOUT_MS = 20_000;
const KEPT_BODY_BYTES = 64 * 1024;

/**
 * Sends real HTTP requests to a load balancer at a steady, slightly uneven
 * rate. Bounded: if responses are slow, it skips requests instead of letting
 * them pile up.
 */
export class LoadGenerator {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 16 });
  readonly #scenario = new RequestTrackerScenario();
  readonly #startedAtMs = Date.now();
  #requestsPerSecond: number;
  #credit = 0;
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Responses below 500, responses of 500 or above or none, and skipped requests. */
  readonly counts = { succeeded: 0, failed: 0, leftOut: 0 };

  constructor(options: { port: number; requestsPerSecond: number }) {
    this.#port = options.port;
    this.#requestsPerSecond = options.requestsPerSecond;
  }

  get requestsPerSecond() {
    return this.#requestsPerSecond;
  }

  set requestsPerSecond(value: number) {
    this.#requestsPerSecond = Math.min(
      Math.max(value, 0),
      MAX_REQUESTS_PER_SECOND,
    );
  }

  start() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }

  #tick() {
    const seconds = (Date.now() - this.#startedAtMs) / 1000;
    const wave =
      1 +
      0.12 * Math.sin((2 * Math.PI * seconds) / 300) +
      0.08 * Math.sin((2 * Math.PI * seconds) / 47);
    this.#credit += (this.#requestsPerSecond * wave * TICK_MS) / 1000;
    while (this.#credit >= 1) {
      this.#credit -= 1;
      if (this.#inFlight >= MAX_IN_FLIGHT) this.counts.leftOut += 1;
      else this.#send(this.#scenario.next());
    }
  }

  #send(planned: PlannedRequest) {
    this.#inFlight += 1;
    const body =
      planned.body === undefined ? undefined : JSON.stringify(planned.body);
    let settled = false;
    const settle = (succeeded: boolean) => {
      if (settled) return;
      settled = true;
      this.#inFlight -= 1;
      if (succeeded) this.counts.succeeded += 1;
      else this.counts.failed += 1;
    };
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: this.#port,
        agent: this.#agent,
        method: planned.method,
        path: planned.path,
        timeout: ANSWER_TIMEOUT_MS,
        headers: {
          'user-agent': 'cloudtrace-local-load',
          ...(body && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          }),
        },
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          if (text.length < KEPT_BODY_BYTES) text += chunk;
        });
        response.on('error', () => settle(false));
        response.on('end', () => {
          if (planned.method === 'POST' && response.statusCode === 201) {
            this.#remember(text);
          }
          settle((response.statusCode ?? 500) < 500);
        });
        response.on('close', () => settle(false));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => settle(false));
    outgoing.end(body);
  }

  #remember(text: string) {
    try {
      const { id } = JSON.parse(text);
      if (typeof id === 'string') this.#scenario.created(id);
    } catch {
      // Not a response of a request tracker, so it contains no id to refer to.
    }
  }
}

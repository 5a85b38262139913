import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const SPANS_PER_BODY = 50;
/** Longer than a balancer needs to notice a dead replica, shorter than an exporter keeps trying. */
const GIVE_UP_MS = 60_000;

/**
 * Sends spans through the balancer like an exporter, and records which were
 * accepted. A body without a response is sent again, unchanged.
 */
export class LedgerSender {
  /** Trace ids of the spans that were accepted. */
  accepted = [];
  /** Trace ids of all spans, sent or not. */
  all = [];
  retries = 0;
  #url;
  #secret;
  #running = true;
  #workers;

  constructor({ url, secret, workers = 3 }) {
    this.#url = url;
    this.#secret = secret;
    this.#workers = Array.from({ length: workers }, () => this.#work());
  }

  /** Resolves when every body was accepted or given up. */
  async stop() {
    this.#running = false;
    await Promise.all(this.#workers);
  }

  async #work() {
    while (this.#running) {
      const ids = Array.from({ length: SPANS_PER_BODY }, () =>
        randomBytes(16).toString('hex'),
      );
      this.all.push(...ids);
      if (await this.#send(spansOf(ids))) this.accepted.push(...ids);
      await sleep(150);
    }
  }

  async #send(body) {
    const deadline = Date.now() + GIVE_UP_MS;
    while (Date.now() < deadline) {
      const { status, text } = await postSpans(this.#url, this.#secret, body);
      if (status === 200) return true;
      if (![0, 429, 502, 503, 504].includes(status)) {
        throw new Error(`A body was rejected for good: ${status} ${text}`);
      }
      this.retries++;
      await sleep(500);
    }
    return false;
  }
}

/** Sends one body; the status is 0 if there was no response. */
export async function postSpans(url, secret, body) {
  try {
    const response = await fetch(`${url}/api/cloudtrace/otlp/v1/traces`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: String(error.cause ?? error) };
  }
}

/** An export request with one SERVER span per trace id. */
export function spansOf(traceIds, padding = '') {
  const startNs = BigInt(Date.now()) * 1_000_000n;
  const text = (key, stringValue) => ({ key, value: { stringValue } });
  return {
    resourceSpans: [
      {
        resource: {
          attributes: [
            text('service.name', 'ledger'),
            text('service.instance.id', `i-${traceIds.length % 3}`),
          ],
        },
        scopeSpans: [
          {
            spans: traceIds.map(traceId => ({
              traceId,
              spanId: traceId.slice(0, 16),
              name: 'GET /orders',
              kind: 2,
              startTimeUnixNano: String(startNs),
              endTimeUnixNano: String(startNs + 5_000_000n),
              attributes: [
                text('http.request.method', 'GET'),
                text('http.route', '/orders'),
                ...(padding ? [text('padding', padding)] : []),
              ],
            })),
          },
        ],
      },
    ],
  };
}

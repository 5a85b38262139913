import { setTimeout as sleep } from 'node:timers/promises';
import { describeReport } from './describeReport.js';
import type { HealingReport, ReportChannel } from './types.js';

const ATTEMPTS = 3;
const TIMEOUT_MS = 5_000;
/** Limits of the portal's API for an action, and for a reason or description. */
const ACTION_LENGTH = 200;
const TEXT_LENGTH = 2_000;

/** Sends reports to the portal, which shows them on the service's timeline. */
export class PortalChannel implements ReportChannel {
  readonly name = 'the portal';
  readonly #url: string;
  readonly #readToken: () => Promise<string>;
  readonly #pauseMs: number;

  constructor(options: {
    /** The portal's API, such as `https://portal.example.com/api/cloudtrace`. */
    apiUrl: string;
    readToken: () => Promise<string>;
    /** Pause before the second attempt; it doubles after each. */
    pauseMs?: number;
  }) {
    this.#url = `${options.apiUrl}/events`;
    this.#readToken = options.readToken;
    this.#pauseMs = options.pauseMs ?? 1_000;
  }

  async send(report: HealingReport): Promise<void> {
    const token = await this.#readToken();
    const body = JSON.stringify({
      kind: 'healing',
      id: report.id,
      at: report.detectedAt.toISOString(),
      endedAt: report.endedAt.toISOString(),
      status: report.status,
      action: report.action.slice(0, ACTION_LENGTH),
      reason: report.reason.slice(0, TEXT_LENGTH),
      instanceId: report.instanceId,
      description: describeReport(report).slice(0, TEXT_LENGTH),
    });
    for (let attempt = 1; ; attempt += 1) {
      const { status, problem } = await this.#post(body, token);
      if (!problem) return;
      // Any other status below 500 is our mistake; a retry does not help.
      const hopeless = status !== undefined && status < 500 && status !== 429;
      if (hopeless || attempt === ATTEMPTS) {
        throw new Error(`The portal did not accept the report: ${problem}`);
      }
      await sleep(this.#pauseMs * 2 ** (attempt - 1));
    }
  }

  async #post(body: string, token: string) {
    try {
      const response = await fetch(this.#url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return {
        status: response.status,
        problem: response.ok
          ? undefined
          : `${response.status} ${text.slice(0, 500)}`,
      };
    } catch (error) {
      return { status: undefined, problem: String(error) };
    }
  }
}

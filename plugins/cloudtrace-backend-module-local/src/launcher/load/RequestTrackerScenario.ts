import { randomUUID } from 'node:crypto';
import type { LoadAnswer, PlannedRequest, Scenario } from './types';

const subjects = [
  'Printer on floor 3 is out of toner',
  'Access to the billing dashboard',
  'Laptop for a new colleague',
  'VPN drops every hour',
  'Invoice 2041 is missing a line',
  'Door badge does not work',
];

const REMEMBERED_IDS = 200;

/**
 * What users of the request tracker do: mostly read, sometimes write,
 * occasionally request something that does not exist (404) or too much data
 * (slow). No request is meant to fail: server errors come only from failures of
 * the fleet.
 */
export class RequestTrackerScenario implements Scenario {
  readonly #random: () => number;
  readonly #ids: string[] = [];
  #turn = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): PlannedRequest {
    const dice = this.#random();
    if (dice < 0.06 || !this.#ids.length) {
      return {
        method: 'POST',
        path: '/requests',
        body: {
          subject: subjects[this.#turn++ % subjects.length],
          requester: 'Local load generator',
        },
      };
    }
    if (dice < 0.5) return { method: 'GET', path: '/requests?limit=20' };
    if (dice < 0.78) {
      return { method: 'GET', path: `/requests/${this.#someId()}` };
    }
    if (dice < 0.86) return { method: 'GET', path: '/' };
    if (dice < 0.93) return { method: 'GET', path: '/requests?limit=200' };
    if (dice < 0.95) {
      // An instance that never existed: the query scans the whole table for
      // nothing, slower every day.
      return { method: 'GET', path: '/requests?limit=200&instance=nobody' };
    }
    if (dice < 0.98) {
      return {
        method: 'PATCH',
        path: `/requests/${this.#someId()}`,
        body: { status: 'in_progress' },
      };
    }
    return { method: 'GET', path: `/requests/${randomUUID()}` };
  }

  answered({ method }: PlannedRequest, { status, body }: LoadAnswer): void {
    const id = (body as { id?: unknown } | undefined)?.id;
    if (method !== 'POST' || status !== 201 || typeof id !== 'string') return;
    this.#ids.push(id);
    if (this.#ids.length > REMEMBERED_IDS) this.#ids.shift();
  }

  #someId() {
    return this.#ids[Math.floor(this.#random() * this.#ids.length)];
  }
}

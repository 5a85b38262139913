import { LoadClient } from './LoadClient';
import type { PlannedRequest, Scenario, ServiceLoad } from './types';

const TICK_MS = 100;
const MAX_IN_FLIGHT = 100;

/**
 * Sends real HTTP requests to a load balancer at a steady, slightly uneven
 * rate. Bounded: if responses are slow, it skips requests instead of letting
 * them pile up.
 */
export class LoadGenerator implements ServiceLoad {
  readonly unit = 'requests-per-second';
  readonly maximum = 200;
  amount: number;
  readonly #client: LoadClient;
  readonly #scenario: Scenario;
  readonly #startedAtMs = Date.now();
  #credit = 0;
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: { port: number; amount: number; scenario: Scenario }) {
    this.#scenario = options.scenario;
    this.#client = new LoadClient(options.port);
    this.amount = options.amount;
  }

  start() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#client.close();
  }

  #tick() {
    const seconds = (Date.now() - this.#startedAtMs) / 1000;
    const wave =
      1 +
      0.12 * Math.sin((2 * Math.PI * seconds) / 300) +
      0.08 * Math.sin((2 * Math.PI * seconds) / 47);
    this.#credit += (this.amount * wave * TICK_MS) / 1000;
    while (this.#credit >= 1) {
      this.#credit -= 1;
      if (this.#inFlight < MAX_IN_FLIGHT) {
        void this.#send(this.#scenario.next());
      }
    }
  }

  async #send(planned: PlannedRequest) {
    this.#inFlight += 1;
    const answer = await this.#client.send(planned);
    this.#inFlight -= 1;
    this.#scenario.answered(planned, answer);
  }
}

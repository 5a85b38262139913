import { z } from 'zod';

/** An answer counts for this long, so that one slow response changes nothing. */
const FRESH_MS = 10_000;
const TIMEOUT_MS = 1_500;

const answerSchema = z.object({ activeUsers: z.number().int().min(0) });

interface Answer {
  users: number;
  atMs: number;
}

/**
 * The active users of a service, as its instances report them at
 * `GET /healthz/scaling`. Each instance counts the users of all instances.
 */
export class ActiveUsersReader {
  readonly #answers = new Map<number, Answer>();
  readonly #now: () => number;

  constructor(options: { now?: () => number } = {}) {
    this.#now = options.now ?? Date.now;
  }

  /** Asks the instances on these ports; never throws. */
  async read(ports: readonly number[]): Promise<void> {
    for (const known of this.#answers.keys()) {
      if (!ports.includes(known)) this.#answers.delete(known);
    }
    await Promise.all(ports.map(port => this.#ask(port)));
  }

  /**
   * The highest number that an instance reported, as the maximum that AWS
   * tracks; undefined while no instance answers, because that is not zero.
   */
  get users(): number | undefined {
    const fresh = [...this.#answers.values()].filter(
      ({ atMs }) => this.#now() - atMs < FRESH_MS,
    );
    return fresh.length
      ? Math.max(...fresh.map(({ users }) => users))
      : undefined;
  }

  async #ask(port: number) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/healthz/scaling`, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const answer = answerSchema.safeParse(await response.json());
      if (!response.ok || !answer.success) return;
      this.#answers.set(port, {
        users: answer.data.activeUsers,
        atMs: this.#now(),
      });
    } catch {
      // Unknown until it answers again.
    }
  }
}

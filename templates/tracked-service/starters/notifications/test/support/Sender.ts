import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import type { Person } from './Person.js';

/**
 * Sends notifications in order and repeats each until it is accepted, as a client must: with the same key. Chooses the
 * instances in turn, so that it gets past a killed one.
 */
export class Sender {
  readonly accepted: string[] = [];
  readonly #person: Person;
  readonly #urls: readonly string[];

  constructor(person: Person, urls: readonly string[]) {
    this.#person = person;
    this.#urls = urls;
  }

  async send(titles: readonly string[]): Promise<void> {
    for (const title of titles) await this.#sendOne(title);
  }

  async #sendOne(title: string): Promise<void> {
    const key = randomUUID();
    for (let attempt = 0; ; attempt += 1) {
      if (await this.#isAccepted(title, key, attempt)) break;
      await sleep(50);
    }
    this.accepted.push(title);
  }

  async #isAccepted(
    title: string,
    key: string,
    attempt: number,
  ): Promise<boolean> {
    const url = this.#urls[attempt % this.#urls.length] ?? '';
    try {
      const answer = await fetch(`${url}/api/notifications`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          cookie: this.#person.cookie,
          'idempotency-key': key,
        },
        body: JSON.stringify({ to: this.#person.email, kind: 'info', title }),
        signal: AbortSignal.timeout(10_000),
      });
      await answer.arrayBuffer();
      return answer.status === 201;
    } catch {
      return false;
    }
  }
}

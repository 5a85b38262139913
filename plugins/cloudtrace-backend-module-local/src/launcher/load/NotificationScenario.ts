import { randomUUID } from 'node:crypto';
import type { LoadAnswer, PlannedRequest, Scenario } from './types';

const PEOPLE = 6;
const PASSWORD = 'a person of the local fleet';

const titles = [
  'Disk almost full',
  'The nightly report is ready',
  'Certificate expires in 14 days',
  'Backup finished',
];
const kinds = ['info', 'success', 'warning'];

interface Person {
  readonly email: string;
  readonly name: string;
  /** A sign-in is under way. */
  arriving: boolean;
  hasAccount: boolean;
  cookie?: string;
  /** The newest event that the person's list named. */
  lastEventId?: number;
}

/**
 * What users of the notifications service do: read their notifications, notify
 * each other, and mark all as read. No request is meant to fail, except the
 * sign-up of somebody who already has an account (409).
 */
export class NotificationScenario implements Scenario {
  readonly #random: () => number;
  readonly #people: readonly Person[] = Array.from(
    { length: PEOPLE },
    (_, index) => ({
      email: `person-${index}@example.com`,
      name: `Person ${index}`,
      arriving: false,
      hasAccount: false,
    }),
  );
  readonly #senders = new WeakMap<PlannedRequest, Person>();
  #turn = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  next(): PlannedRequest {
    const person = this.#people[this.#turn++ % PEOPLE];
    if (!person.cookie) return this.#arrive(person);
    const { cookie } = person;
    const planned = this.#planFor(person);
    const request = { ...planned, headers: { ...planned.headers, cookie } };
    this.#senders.set(request, person);
    return request;
  }

  answered(request: PlannedRequest, answer: LoadAnswer): void {
    const person = this.#senders.get(request);
    if (!person) return;
    if (!person.cookie) {
      person.arriving = false;
      person.hasAccount = answer.status === 409 || answer.status === 201;
      [person.cookie] = answer.cookies;
    } else if (answer.status === 401) {
      person.cookie = undefined;
    } else {
      const { lastEventId } = (answer.body ?? {}) as { lastEventId?: unknown };
      if (typeof lastEventId === 'number') person.lastEventId = lastEventId;
    }
  }

  #arrive(person: Person): PlannedRequest {
    if (person.arriving) return { method: 'GET', path: '/' };
    person.arriving = true;
    const { email, name } = person;
    const request: PlannedRequest = person.hasAccount
      ? {
          method: 'POST',
          path: '/api/session',
          body: { email, password: PASSWORD },
        }
      : {
          method: 'POST',
          path: '/api/accounts',
          body: { email, name, password: PASSWORD },
        };
    this.#senders.set(request, person);
    return request;
  }

  #planFor(person: Person): PlannedRequest {
    const dice = this.#random();
    if (dice < 0.2) return this.#notify();
    if (dice < 0.25 && person.lastEventId !== undefined) {
      return {
        method: 'PUT',
        path: '/api/notifications/read',
        body: { upTo: person.lastEventId },
      };
    }
    if (dice < 0.35) return { method: 'GET', path: '/' };
    return { method: 'GET', path: '/api/notifications?limit=50' };
  }

  #notify(): PlannedRequest {
    const present = this.#people.filter(({ cookie }) => cookie);
    return {
      method: 'POST',
      path: '/api/notifications',
      headers: { 'idempotency-key': randomUUID() },
      body: {
        to: this.#oneOf(present).email,
        kind: this.#oneOf(kinds),
        title: this.#oneOf(titles),
      },
    };
  }

  #oneOf<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.#random() * choices.length)];
  }
}

import type { UnknownServiceReason } from '@cloudtrace/plugin-cloudtrace-common';
import type { RefusedSpans } from '../types';

/** Why the spans of a service were not stored. */
export type RefusalReason =
  | UnknownServiceReason
  | 'quota'
  | 'unavailable'
  | 'malformed'
  | 'too-large';

const REASONS: Record<RefusalReason, string> = {
  unknown: 'no entity claims the service',
  ambiguous: 'several entities claim the service, so none gets its requests',
  'out-of-scope': 'the token may not send requests of the service',
  environment: 'the entity does not list the environment',
  quota: 'the entity exceeds its quota',
  unavailable: 'the requests could not be stored right now',
  malformed: 'the part of the service is malformed',
  'too-large': 'the part of the service is too large',
};

const MAX_NAMES = 5;
const MAX_NAME_LENGTH = 64;

/** Collects what was rejected of a body. */
export class Refusals {
  readonly #spans = new Map<RefusalReason, number>();
  readonly #names = new Map<RefusalReason, Set<string>>();
  readonly #details = new Map<RefusalReason, string>();

  /** @param detail - The position or limit, shown once per reason */
  add(
    reason: RefusalReason,
    service: string,
    spans: number,
    detail?: string,
  ): void {
    this.#spans.set(reason, (this.#spans.get(reason) ?? 0) + spans);
    const names = this.#names.get(reason) ?? new Set();
    this.#names.set(reason, names.add(service));
    if (detail && !this.#details.has(reason)) this.#details.set(reason, detail);
  }

  /** Spans by reason. */
  entries(): IterableIterator<[RefusalReason, number]> {
    return this.#spans.entries();
  }

  /** For the sender, of limited length; `undefined` if nothing was rejected. */
  describe(): RefusedSpans | undefined {
    if (this.#spans.size === 0) return undefined;
    let spans = 0;
    const parts: string[] = [];
    for (const [reason, count] of this.#spans) {
      spans += count;
      const detail = this.#details.get(reason);
      parts.push(
        `${count} × ${REASONS[reason]}: ${this.#list(reason)}${
          detail ? ` (${detail})` : ''
        }`,
      );
    }
    return { spans, message: parts.join('; ') };
  }

  #list(reason: RefusalReason): string {
    const names = [...this.#names.get(reason)!];
    const shown = names.slice(0, MAX_NAMES).map(show);
    const more = names.length - shown.length;
    return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
  }
}

function show(name: string): string {
  if (name === '') return '(no service.name)';
  // A name is text from outside, and the message may end in a log.
  const text = JSON.stringify(name).slice(1, -1);
  return text.length > MAX_NAME_LENGTH
    ? `${text.slice(0, MAX_NAME_LENGTH - 1)}…`
    : text;
}

import { ServiceUnavailableError } from '@backstage/errors';
import type { IncomingMessage } from 'node:http';
import { readUpload } from './readUpload';

/** Limits for concurrently read bodies. */
export interface BodyReaderOptions {
  /** Maximum body size. */
  maxBytes: number;
  /** Time limit for a body to arrive. */
  timeoutMs: number;
  /** Concurrent bodies per sender. */
  maxPerSender: number;
  /** Concurrent bodies of all senders. */
  maxTotal: number;
  /**
   * Which body makes room. `oldest`, for unverified senders: evicts the oldest
   * body of the busiest sender, so that nobody can hold a slot by sending
   * slowly. `newest`, for verified senders: rejects the new body.
   */
  yields: 'oldest' | 'newest';
}

interface Reading {
  sender: string;
  abort: AbortController;
}

/** Reads bodies, with a limit per sender and in total. */
export class BodyReader {
  readonly #options: BodyReaderOptions;
  /** Oldest first. */
  readonly #readings = new Set<Reading>();

  constructor(options: BodyReaderOptions) {
    this.#options = options;
  }

  /**
   * Reads a body.
   *
   * @param sender - The sender: an address before verification, a token
   * afterwards
   * @throws `ServiceUnavailableError` if there is no room
   */
  async read(
    req: IncomingMessage,
    sender: string,
    limits: { maxBytes?: number } = {},
  ): Promise<{ body: Uint8Array; digest: Buffer }> {
    this.#makeRoom(sender);
    const reading = { sender, abort: new AbortController() };
    this.#readings.add(reading);
    try {
      return await readUpload(req, {
        ...this.#options,
        ...limits,
        signal: reading.abort.signal,
      });
    } finally {
      this.#readings.delete(reading);
    }
  }

  #makeRoom(sender: string) {
    const { maxPerSender, maxTotal, yields } = this.#options;
    const own = this.#of(sender);
    const isFull = this.#readings.size >= maxTotal;
    if (own.length < maxPerSender && !isFull) return;
    if (yields === 'newest') throw tooMany();
    const [oldest] =
      own.length >= maxPerSender ? own : this.#of(this.#busiest());
    this.#readings.delete(oldest);
    oldest.abort.abort(tooMany());
  }

  #of(sender: string): Reading[] {
    return [...this.#readings].filter(reading => reading.sender === sender);
  }

  #busiest(): string {
    const senders = [...this.#readings].map(({ sender }) => sender);
    const counts = new Map<string, number>();
    for (const one of senders) counts.set(one, (counts.get(one) ?? 0) + 1);
    return senders.reduce((most, one) =>
      counts.get(one)! > counts.get(most)! ? one : most,
    );
  }
}

function tooMany() {
  return new ServiceUnavailableError(
    'Too many concurrent requests from this sender; try again',
  );
}

import { ServiceUnavailableError } from '@backstage/errors';
import type { IncomingMessage } from 'node:http';
import { readUpload } from './readUpload';

/** Bounds of the bodies that are read at the same time. */
export interface BodyReaderOptions {
  /** Largest body. */
  maxBytes: number;
  /** How long a body may take to arrive. */
  timeoutMs: number;
  /** Bodies of one sender at the same time. */
  maxPerSender: number;
  /** Bodies of all senders at the same time. */
  maxTotal: number;
  /**
   * Who makes room. `oldest`, for senders that nobody has checked yet: the
   * oldest body of the busiest sender is given up, so that nobody can hold a
   * place by sending slowly. `newest`, for senders that proved who they are:
   * they are asked to wait.
   */
  yields: 'oldest' | 'newest';
}

interface Reading {
  sender: string;
  abort: AbortController;
}

/** Reads bodies, so many of each sender and of all senders at the same time. */
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
   * @param sender - Who sends it: an address before it is checked, a token after
   * @throws `ServiceUnavailableError` if there is no room for it
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
    'Too many bodies arrive from this sender at once; send it again',
  );
}

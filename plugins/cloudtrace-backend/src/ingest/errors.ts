/** The body does not match its content type; results in 400. */
export class MalformedBodyError extends Error {
  /**
   * @param reason - The problem, e.g. `expected '}'`
   * @param position - Byte of the (decompressed) body at which it was detected
   */
  constructor(readonly reason: string, readonly position: number) {
    super(`Malformed body at byte ${position}: ${reason}`);
    this.name = 'MalformedBodyError';
  }
}

/** The body exceeds the limits of one request; results in 413. */
export class BodyTooLargeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BodyTooLargeError';
  }
}

/** No room or no database right now; results in 503, and the sender retries. */
export class IngestUnavailableError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'IngestUnavailableError';
  }
}

/** A quota is used up; results in 429, and the sender retries. */
export class QuotaExceededError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QuotaExceededError';
  }
}

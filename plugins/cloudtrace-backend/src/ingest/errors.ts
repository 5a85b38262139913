/** A body that is not what its content type says; answered with 400. */
export class MalformedBodyError extends Error {
  /**
   * @param reason - What is wrong, e.g. `expected '}'`
   * @param position - Byte of the (decompressed) body at which it was noticed
   */
  constructor(readonly reason: string, readonly position: number) {
    super(`Malformed body at byte ${position}: ${reason}`);
    this.name = 'MalformedBodyError';
  }
}

/** A body with more in it than one request may carry; answered with 413. */
export class BodyTooLargeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'BodyTooLargeError';
  }
}

/** A quota is used up; answered with 429. */
export class QuotaExceededError extends Error {
  constructor(message: string, readonly retryAfterSeconds: number) {
    super(message);
    this.name = 'QuotaExceededError';
  }
}

/** No room or no database right now; answered with 503, the sender retries. */
export class IngestUnavailableError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'IngestUnavailableError';
  }
}

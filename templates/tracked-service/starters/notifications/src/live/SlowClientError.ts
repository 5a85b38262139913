/** A client did not read what it was sent. */
export class SlowClientError extends Error {
  override readonly name = 'SlowClientError';

  constructor() {
    super('The client does not read');
  }
}

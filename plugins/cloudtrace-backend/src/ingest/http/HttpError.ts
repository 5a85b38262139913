/** A response other than 200, with the message for the sender. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    /** A code of google.rpc.Code. */
    readonly rpcCode: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

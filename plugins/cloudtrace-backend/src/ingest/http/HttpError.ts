/** An answer other than 200, with what a sender gets to read. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    /** Of google.rpc.Code. */
    readonly rpcCode: number,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = 'HttpError';
  }
}

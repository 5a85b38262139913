import { Readable, Transform, type TransformCallback } from 'node:stream';

/** A response that exceeds the module's limit. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLargeError';
}

/** Passes a body through until it exceeds `maxBytes`, then fails. */
export function limitBody(body: Readable, maxBytes: number): Readable {
  let bytes = 0;
  const limited = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        done(
          new ResponseTooLargeError(`the response exceeds ${maxBytes} bytes`),
        );
        body.destroy();
      } else {
        done(null, chunk);
      }
    },
  });
  body.on('error', error => limited.destroy(error));
  // A cut connection can end the body early without an error.
  body.on('close', () => {
    if (!body.readableEnded && !limited.destroyed) {
      limited.destroy(new Error('the connection closed during the response'));
    }
  });
  return body.pipe(limited);
}

interface ResponseLike {
  response?: unknown;
}

/** SDK middleware that applies {@link limitBody} to every response. */
export function limitResponseSize(maxBytes: number) {
  return <A, R extends ResponseLike>(next: (args: A) => Promise<R>) =>
    async (args: A): Promise<R> => {
      const result = await next(args);
      const response = result.response as { body?: unknown } | undefined;
      if (response?.body instanceof Readable) {
        response.body = limitBody(response.body, maxBytes);
      }
      return result;
    };
}

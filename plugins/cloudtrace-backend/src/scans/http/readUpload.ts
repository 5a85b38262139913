import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An error with an HTTP status of its own. */
export function httpError(
  statusCode: number,
  name: string,
  message: string,
): Error {
  return Object.assign(new Error(message), { name, statusCode });
}

/**
 * Reads a body of bounded size and time, hashing it as it comes.
 *
 * @throws Errors with the status 408 and 413, or 400 if the sender goes away
 */
export function readUpload(
  req: IncomingMessage,
  { maxBytes, timeoutMs }: { maxBytes: number; timeoutMs: number },
): Promise<{ body: Uint8Array; digest: Buffer }> {
  const tooLarge = () =>
    httpError(
      413,
      'PayloadTooLargeError',
      `The file is larger than ${maxBytes} bytes; send it with gzip, or split it`,
    );
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    return Promise.reject(tooLarge());
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const hash = createHash('sha256');
    let length = 0;
    let done = false;
    const finish = (error?: Error) => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      req.off('data', onData).off('end', finish).off('close', onClose);
      req.off('error', onClose);
      if (error) {
        req.resume();
        reject(error);
        return;
      }
      // Memory of its own, so that it can be given to the worker.
      const body = new Uint8Array(length);
      let at = 0;
      for (const chunk of chunks) {
        body.set(chunk, at);
        at += chunk.length;
      }
      resolve({ body, digest: hash.digest() });
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) {
        finish(tooLarge());
        return;
      }
      hash.update(chunk);
      chunks.push(chunk);
    };
    const onClose = () =>
      finish(httpError(400, 'InputError', 'The file did not arrive in full'));
    const timer = setTimeout(
      () =>
        finish(
          httpError(
            408,
            'RequestTimeoutError',
            `The file did not arrive within ${timeoutMs / 1000} seconds`,
          ),
        ),
      timeoutMs,
    );
    req.on('data', onData).once('end', () => finish());
    req.once('close', onClose).once('error', onClose);
  });
}

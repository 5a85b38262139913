import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { httpError } from './httpError';

/**
 * Reads a body with limited size and time, and hashes it while reading.
 *
 * @throws Errors with the status 408 and 413, 400 if the sender disconnects, or
 * the reason of the signal
 */
export function readUpload(
  req: IncomingMessage,
  {
    maxBytes,
    timeoutMs,
    signal,
  }: { maxBytes: number; timeoutMs: number; signal?: AbortSignal },
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
      signal?.removeEventListener('abort', onAbort);
      if (error) {
        req.resume();
        reject(error);
        return;
      }
      // Needs its own memory, so that it can be transferred to the worker.
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
    const onAbort = () => finish(signal!.reason);
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
    signal?.addEventListener('abort', onAbort);
  });
}

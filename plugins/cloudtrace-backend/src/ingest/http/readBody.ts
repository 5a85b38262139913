import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { HttpError } from './HttpError';
import type { InFlightBytes } from './InFlightBytes';

/** Limits for reading a body. */
export interface ReadBodyOptions {
  maxBodyBytes: number;
  timeoutMs: number;
  inFlight: InFlightBytes;
}

/** A body as received; `release` frees its reserved bytes. */
export interface ReadBody {
  /** Decompresses the content; blocks the event loop while it runs. */
  decode(): Buffer;
  /** Reserves more bytes until the release. @throws HttpError 503 if there are none */
  take(bytes: number): void;
  release(): void;
}

/** The handler recognises it: nobody is left to read a response. */
export class ClientGoneError extends Error {}

/**
 * Reads a request body. Memory is reserved before it is used; the size is
 * limited before and after decompression.
 */
export async function readBody(
  req: IncomingMessage,
  gzip: boolean,
  options: ReadBodyOptions,
): Promise<ReadBody> {
  const { inFlight, maxBodyBytes } = options;
  let taken = 0;
  const take = (bytes: number) => {
    if (!inFlight.take(bytes)) {
      throw new HttpError(
        503,
        RPC_CODE.unavailable,
        'Too many bytes are being read at once; try again',
      );
    }
    taken += bytes;
  };
  const release = () => {
    inFlight.give(taken);
    taken = 0;
  };
  try {
    const raw = await collect(req, options, take);
    const decode = () => (gzip ? decompress(raw, maxBodyBytes, take) : raw);
    return { decode, take, release };
  } catch (error) {
    release();
    throw error;
  }
}

function collect(
  req: IncomingMessage,
  { maxBodyBytes, timeoutMs }: ReadBodyOptions,
  take: (bytes: number) => void,
): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? NaN);
  if (announced > maxBodyBytes) {
    throw tooLarge(maxBodyBytes);
  }
  if (announced >= 0) {
    take(announced);
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = (error: Error | undefined) => {
      clearTimeout(timer);
      req.removeAllListeners('data');
      req.removeAllListeners('end');
      req.removeListener('close', onClose);
      req.removeListener('error', onClose);
      if (error) {
        reject(error);
      } else {
        resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      }
    };
    const onClose = () => finish(new ClientGoneError());
    const timer = setTimeout(
      () =>
        finish(
          new HttpError(
            408,
            RPC_CODE.invalidArgument,
            `The body did not arrive within ${timeoutMs / 1000} s`,
          ),
        ),
      timeoutMs,
    );
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      try {
        if (length > maxBodyBytes) {
          throw tooLarge(maxBodyBytes);
        }
        if (!(announced >= 0)) {
          take(chunk.length);
        }
        chunks.push(chunk);
      } catch (error) {
        finish(error as Error);
      }
    });
    req.on('end', () => finish(undefined));
    req.on('close', onClose);
    req.on('error', onClose);
  });
}

/** One layer of gzip, with nothing before and nothing after it. */
function decompress(
  raw: Buffer,
  maxBodyBytes: number,
  take: (bytes: number) => void,
): Buffer {
  // The last four bytes state the length of the content, so it can be allocated
  // in one go. They can lie; the limit of the output protects against that.
  const announced = raw.length >= 18 ? raw.readUInt32LE(raw.length - 4) : 0;
  const expected = Math.min(announced, maxBodyBytes);
  take(expected);
  let result: { buffer: Buffer; engine: { bytesWritten: number } };
  try {
    result = gunzipSync(raw, {
      info: true,
      maxOutputLength: maxBodyBytes,
      chunkSize: Math.max(1024, expected + 64),
    }) as unknown as typeof result;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(maxBodyBytes);
    }
    throw new HttpError(
      400,
      RPC_CODE.invalidArgument,
      `The body is not valid gzip: ${(error as Error).message}`,
    );
  }
  if (result.engine.bytesWritten < raw.length) {
    throw new HttpError(
      400,
      RPC_CODE.invalidArgument,
      `The body is not valid gzip: ${
        raw.length - result.engine.bytesWritten
      } bytes after the end`,
    );
  }
  if (result.buffer.length > expected) {
    // Several members in a row; only the length of the last one was known.
    take(result.buffer.length - expected);
  }
  return result.buffer;
}

function tooLarge(maxBodyBytes: number): HttpError {
  return new HttpError(
    413,
    RPC_CODE.resourceExhausted,
    `The body is larger than ${maxBodyBytes} bytes; send smaller batches`,
  );
}

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { decompress, prepare, tooLarge, type Compression } from './decompress';
import { HttpError } from './HttpError';
import type { InFlightBytes } from './InFlightBytes';

/** Limits for reading a body. */
export interface ReadBodyOptions {
  maxBodyBytes: number;
  /** Bytes of the protocol around the body, which do not count. */
  prefixBytes?: number;
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

/** A request of HTTP/1.1 or HTTP/2. */
export type BodyStream = Readable & Pick<IncomingMessage, 'headers'>;

/** The handler recognises it: nobody is left to read a response. */
export class ClientGoneError extends Error {}

/**
 * Reads the body of an OTLP/HTTP request. Memory is reserved before it is used;
 * the size is limited before and after decompression.
 */
export async function readBody(
  req: BodyStream,
  compression: Compression,
  options: ReadBodyOptions,
): Promise<ReadBody> {
  await prepare(compression);
  return collectBody(req, options, (raw, take) =>
    decompress(raw, compression, options.maxBodyBytes, take),
  );
}

/**
 * Reads bytes as they arrive, within limits.
 *
 * @param decode - Makes the content of them
 */
export async function collectBody(
  req: BodyStream,
  options: ReadBodyOptions,
  decode: (raw: Buffer, take: (bytes: number) => void) => Buffer,
): Promise<ReadBody> {
  const { inFlight } = options;
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
    return { decode: () => decode(raw, take), take, release };
  } catch (error) {
    release();
    throw error;
  }
}

function collect(
  req: BodyStream,
  { maxBodyBytes, prefixBytes = 0, timeoutMs }: ReadBodyOptions,
  take: (bytes: number) => void,
): Promise<Buffer> {
  const announced = Number(req.headers['content-length'] ?? NaN);
  if (announced > maxBodyBytes + prefixBytes) {
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
        if (length > maxBodyBytes + prefixBytes) {
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

import { gunzipSync } from 'node:zlib';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { decompressZstd, prepareZstd } from './decompressZstd';
import { HttpError } from './HttpError';

/** Encodings of a body; names as in `content-encoding` and `grpc-encoding`. */
export const COMPRESSIONS = ['gzip', 'zstd', 'identity'] as const;

/** How a body is compressed. */
export type Compression = (typeof COMPRESSIONS)[number];

/** The compression with this name; `undefined` if it is not one of {@link COMPRESSIONS}. */
export function parseCompression(
  name: string | undefined,
): Compression | undefined {
  const lower = (name ?? '').trim().toLowerCase() || 'identity';
  return COMPRESSIONS.find(compression => compression === lower);
}

/** Loads what a compression needs; to be awaited before {@link decompress}. */
export async function prepare(compression: Compression): Promise<void> {
  if (compression === 'zstd') await prepareZstd();
}

/**
 * Decompresses a body.
 *
 * @param take - Reserves memory. @throws if there is none
 * @throws HttpError 400 and 413
 */
export function decompress(
  raw: Buffer,
  compression: Compression,
  maxBodyBytes: number,
  take: (bytes: number) => void,
): Buffer {
  if (compression === 'gzip') return gunzip(raw, maxBodyBytes, take);
  if (compression === 'zstd') return decompressZstd(raw, maxBodyBytes, take);
  return raw;
}

/** One layer of gzip, with nothing before and nothing after it. */
function gunzip(
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

/** The error for a body beyond the limit. */
export function tooLarge(maxBodyBytes: number): HttpError {
  return new HttpError(
    413,
    RPC_CODE.resourceExhausted,
    `The body is larger than ${maxBodyBytes} bytes; send smaller batches`,
  );
}

import * as zlib from 'node:zlib';
import { ZSTDDecoder } from 'zstddec';
import { RPC_CODE } from '../otlp/encodeAnswer';
import { HttpError } from './HttpError';
import { findZstdFrames, type ZstdFrame } from './zstdFrames';

/** Node.js has it since 22.15; its types are newer than ours. */
const { zstdDecompressSync } = zlib as unknown as {
  zstdDecompressSync?: (
    raw: Uint8Array,
    options: { maxOutputLength: number },
  ) => Buffer;
};

const decoder = new ZSTDDecoder();

/** Loads the decoder on a Node.js without zstd. */
export async function prepareZstd(): Promise<void> {
  if (!zstdDecompressSync) await decoder.init();
}

/**
 * Decompresses all frames of a body, which have nothing before, between and
 * after them.
 *
 * @param take - Reserves memory. @throws if there is none
 * @throws HttpError 400 and 413
 */
export function decompressZstd(
  raw: Buffer,
  maxBodyBytes: number,
  take: (bytes: number) => void,
): Buffer {
  const frames = readFrames(raw);
  const parts: Buffer[] = [];
  let left = maxBodyBytes;
  for (const frame of frames) {
    const limit = Math.min(frame.maxContentBytes, left);
    take(limit);
    const part = decompressFrame(raw.subarray(frame.start, frame.end), limit);
    if (!part) {
      // Without this limit the frame could be valid.
      if (frame.maxContentBytes > left) throw tooLarge(maxBodyBytes);
      throw invalid('a frame is damaged');
    }
    parts.push(part);
    left -= part.length;
  }
  return parts.length === 1 ? parts[0] : Buffer.concat(parts);
}

function readFrames(raw: Buffer): ZstdFrame[] {
  try {
    return findZstdFrames(raw);
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'RangeError') throw error;
    // Buffer's own errors have codes.
    throw invalid(
      'code' in (error as Error) ? 'it ends inside a frame' : message,
    );
  }
}

/** Returns `undefined` if the frame is damaged or has more content than `limit`. */
function decompressFrame(frame: Buffer, limit: number): Buffer | undefined {
  if (zstdDecompressSync) {
    try {
      return zstdDecompressSync(frame, { maxOutputLength: Math.max(1, limit) });
    } catch {
      return undefined;
    }
  }
  // The decoder takes 0 for "unknown", and returns nothing for an error: an
  // empty frame is one that has no content.
  if (limit === 0) return Buffer.alloc(0);
  const content = decoder.decode(frame, limit);
  return content.length > 0
    ? Buffer.from(content.buffer, content.byteOffset, content.length)
    : undefined;
}

function invalid(reason: string): HttpError {
  return new HttpError(
    400,
    RPC_CODE.invalidArgument,
    `The body is not valid zstd: ${reason}`,
  );
}

function tooLarge(maxBodyBytes: number): HttpError {
  return new HttpError(
    413,
    RPC_CODE.resourceExhausted,
    `The body is larger than ${maxBodyBytes} bytes, or not valid zstd; send smaller batches`,
  );
}

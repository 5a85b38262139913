/** A frame of zstd in a body. */
export interface ZstdFrame {
  start: number;
  end: number;
  /** Its content has at most as many bytes. */
  maxContentBytes: number;
}

const FRAME_MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a50;
const MAX_BLOCK_BYTES = 128 * 1024;
/** More than any encoder makes; each costs a call of the decoder. */
const MAX_FRAMES = 1000;

/** Encoders use at most 8 MiB unless they are told otherwise. */
const MAX_WINDOW_BYTES = 32 * 1024 * 1024;

const BLOCK = { raw: 0, runLength: 1, compressed: 2 };

/**
 * Finds the frames of a body by their headers (RFC 8878), without
 * decompressing anything: a small body can state a content of any size.
 *
 * @throws RangeError if the body ends inside a frame, is not zstd, or has more
 * or larger frames than a sender needs
 */
export function findZstdFrames(raw: Buffer): ZstdFrame[] {
  const frames: ZstdFrame[] = [];
  let at = 0;
  while (at < raw.length) {
    const magic = raw.readUInt32LE(at);
    if (magic >>> 4 === SKIPPABLE_MAGIC >>> 4) {
      at += 8 + raw.readUInt32LE(at + 4);
      if (at > raw.length) throw new RangeError('it ends inside a frame');
    } else if (magic === FRAME_MAGIC) {
      if (frames.length >= MAX_FRAMES) {
        throw new RangeError(`it has more than ${MAX_FRAMES} frames`);
      }
      const frame = readFrame(raw, at);
      frames.push(frame);
      at = frame.end;
    } else {
      throw new RangeError(`no frame begins at byte ${at}`);
    }
  }
  return frames;
}

function readFrame(raw: Buffer, start: number): ZstdFrame {
  const descriptor = raw.readUInt8(start + 4);
  const singleSegment = (descriptor & 0x20) !== 0;
  if (!singleSegment && readWindow(raw, start + 5) > MAX_WINDOW_BYTES) {
    throw new RangeError(`its window is larger than ${MAX_WINDOW_BYTES} bytes`);
  }
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeCode = descriptor >>> 6;
  const sizeBytes = sizeCode > 0 ? 2 ** sizeCode : Number(singleSegment);
  const sizeAt = start + 5 + (singleSegment ? 0 : 1) + dictionaryBytes;
  const stated = readContentSize(raw, sizeAt, sizeBytes);

  let at = sizeAt + sizeBytes;
  let content = 0;
  for (let last = false; !last; ) {
    const header = raw.readUIntLE(at, 3);
    const type = (header >>> 1) & 3;
    const size = header >>> 3;
    last = (header & 1) === 1;
    at += 3 + (type === BLOCK.runLength ? 1 : size);
    content += type === BLOCK.compressed ? MAX_BLOCK_BYTES : size;
  }
  if ((descriptor & 4) !== 0) at += 4;
  if (at > raw.length) throw new RangeError('it ends inside a frame');
  return { start, end: at, maxContentBytes: Math.min(stated, content) };
}

function readWindow(raw: Buffer, at: number): number {
  const code = raw.readUInt8(at);
  const base = 2 ** (10 + (code >>> 3));
  return base + (base / 8) * (code & 7);
}

/** Infinity if the frame does not state it. */
function readContentSize(raw: Buffer, at: number, bytes: number): number {
  switch (bytes) {
    case 0:
      return Infinity;
    case 2:
      return raw.readUInt16LE(at) + 256;
    case 8:
      return Number(raw.readBigUInt64LE(at));
    default:
      return raw.readUIntLE(at, bytes);
  }
}

import { decompressZstd, prepareZstd } from './decompressZstd';

const MIB = 1024 * 1024;

/** What `zstd -19` makes of {@link TEXT}, with and without the size of the content. */
const SIZED =
  'KLUv/WSGDK0CAAJFEBGgb5jI5l7fd20ylgKYHFQdIdlkkLPJuee7+thkQfZ0Vndsg/Z3YPDE7Pts0deb04rYU3oaiy6iJzxyePoap3/jBQAYzYJXMtEEVRt94q+2GQYH4PdP';
const UNSIZED =
  'KLUv/QRY1QIAAoURGJCnOpRFiCT5JsT9HtymeXjwUZ01X/+lBGuW7JpdJz6AyoYgIdRchGMmfuES8YMYPl18+OC6AAhVz634KM50huIHl8qjWwUAGM2CVzLRBFUbfeKvthkGB+D3Tw==';
const TEXT = `{"resourceSpans":[${'{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"orders"}}]}},'.repeat(
  40,
)}{}]}`;

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** No content size, window of 1 KiB × 2^code. */
const header = (code: number) =>
  Buffer.concat([MAGIC, Buffer.from([0, code * 8])]);
function block(type: 0 | 1, size: number, last: boolean, content: Buffer) {
  const head = Buffer.alloc(3);
  head.writeUIntLE(size * 8 + type * 2 + Number(last), 0, 3);
  return Buffer.concat([head, content]);
}
const rawFrame = (text: string) =>
  Buffer.concat([header(10), block(0, text.length, true, Buffer.from(text))]);
/** Blocks of 128 KiB, four bytes each. */
const bomb = (blocks: number) =>
  Buffer.concat([
    header(10),
    ...Array.from({ length: blocks }, (_, i) =>
      block(1, 131_072, i === blocks - 1, Buffer.from('x')),
    ),
  ]);

describe('decompressZstd', () => {
  beforeAll(prepareZstd);
  const read = (raw: Buffer, max: number = 8 * MIB) => {
    let taken = 0;
    const content = decompressZstd(raw, max, bytes => {
      taken += bytes;
    });
    return { content: content.toString(), taken };
  };
  const status = (raw: Buffer, max?: number) => {
    try {
      read(raw, max);
    } catch (error) {
      const { status: code, message } = error as Error & { status: number };
      return `${code} ${message}`;
    }
    return 'accepted';
  };

  it.each([
    ['with its size', SIZED],
    ['without its size', UNSIZED],
  ])('reads content %s', (_, base64) => {
    const { content, taken } = read(Buffer.from(base64, 'base64'));
    expect(content).toBe(TEXT);
    expect(taken).toBeGreaterThanOrEqual(TEXT.length);
    expect(taken).toBeLessThanOrEqual(128 * 1024);
  });

  it('reads frames in a row, also empty and skippable ones', () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
    const body = [rawFrame('ab'), skippable, rawFrame(''), rawFrame('cd')];
    expect(read(Buffer.concat(body)).content).toBe('abcd');
    expect(read(Buffer.alloc(0)).content).toBe('');
  });

  it('rejects content beyond the limit without making it', () => {
    expect(read(bomb(64)).content).toHaveLength(8 * MIB);
    expect(status(bomb(65))).toMatch(
      /^413 The body is larger than 8388608 bytes/,
    );
    expect(status(Buffer.concat([bomb(40), bomb(40)]))).toMatch(/^413/);
    expect(status(Buffer.from(UNSIZED, 'base64'), 1000)).toMatch(/^413/);
    // Two million blocks: 250 GiB.
    const many = Buffer.concat([
      header(10),
      Buffer.alloc(4 * 500_000, block(1, 131_072, false, Buffer.from('x'))),
      block(1, 1, true, Buffer.from('x')),
    ]);
    expect(status(many)).toMatch(/^413/);
  });

  it('reserves memory before it is used', () => {
    expect(() =>
      decompressZstd(bomb(8), 8 * MIB, () => {
        throw new Error('no memory');
      }),
    ).toThrow('no memory');
  });

  it.each([
    ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'no frame begins at byte 0'],
    ['one byte', Buffer.from([0x28]), 'it ends inside a frame'],
    [
      'a frame that is cut off',
      rawFrame('abc').subarray(0, 10),
      'it ends inside a frame',
    ],
    [
      'bytes after the end',
      Buffer.concat([rawFrame('abc'), Buffer.from('nothing')]),
      'no frame begins at byte 12',
    ],
    [
      'too many frames',
      Buffer.alloc(9 * 1001, rawFrame('')),
      'it has more than 1000 frames',
    ],
    [
      'a window of 1 GiB',
      Buffer.concat([header(20), block(0, 1, true, Buffer.from('x'))]),
      'its window is larger than 33554432 bytes',
    ],
  ])('rejects %s', (_, raw, reason) => {
    expect(status(raw)).toBe(`400 The body is not valid zstd: ${reason}`);
  });

  it('rejects a damaged frame', () => {
    const damaged = Buffer.from(SIZED, 'base64');
    damaged[40] ^= 0xff;
    expect(status(damaged)).toBe(
      '400 The body is not valid zstd: a frame is damaged',
    );
  });
});

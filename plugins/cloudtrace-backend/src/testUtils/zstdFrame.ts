const HEADER = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x50]);
const MAX_BLOCK_BYTES = 128 * 1024;

/** A frame of zstd with this content, not compressed. */
export function zstdFrame(content: Buffer): Buffer {
  const parts: Buffer[] = [HEADER];
  for (let at = 0; at === 0 || at < content.length; at += MAX_BLOCK_BYTES) {
    const block = content.subarray(at, at + MAX_BLOCK_BYTES);
    const last = at + MAX_BLOCK_BYTES >= content.length;
    const head = Buffer.alloc(3);
    head.writeUIntLE(block.length * 8 + Number(last), 0, 3);
    parts.push(head, block);
  }
  return Buffer.concat(parts);
}

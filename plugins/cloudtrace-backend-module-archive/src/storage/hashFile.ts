import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The size and the SHA-256 of a local file. */
export async function hashFile(
  file: string,
): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(file)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

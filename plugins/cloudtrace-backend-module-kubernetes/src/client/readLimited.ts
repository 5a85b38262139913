import type { Response } from 'node-fetch';
import { unreadable } from './ClusterCallError';

/**
 * Reads the text of a response.
 *
 * @param tooLarge - the error if it has more bytes than allowed
 */
export async function readLimited(
  response: Response,
  maxBytes: number,
  tooLarge: () => Error = () => unreadable('kubernetes-too-large'),
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

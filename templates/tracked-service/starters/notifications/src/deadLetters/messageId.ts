import { createHash } from 'node:crypto';
import type { ReceivedMessage } from '../bus/EventBus.js';

/**
 * Identifies a message, however often it arrives. Its place alone does not: another message has the same one after the
 * topic was recreated, or the bus changed.
 *
 * @returns a UUID
 */
export function messageId(message: ReceivedMessage): string {
  const { topic, partition, offset, publishedAt, key, headers } = message;
  const hash = createHash('sha256')
    .update(
      JSON.stringify([
        topic,
        partition,
        offset,
        publishedAt.getTime(),
        key,
        // A map of the bus has no order.
        Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    )
    .update(message.value)
    .digest();
  return uuidOf(hash);
}

/** Version 8: custom content. */
function uuidOf(hash: Buffer): string {
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash
    .toString('hex', 0, 16)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

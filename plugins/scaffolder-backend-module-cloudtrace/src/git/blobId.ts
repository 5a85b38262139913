import { createHash } from 'node:crypto';

/**
 * The id that git gives a file with this content. Used as the hash in `.cloudtrace/answers.json`, so that a later update can ask the
 * repository itself for the content that was generated (`git cat-file blob <id>`).
 */
export function blobId(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

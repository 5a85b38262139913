import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Hashes secrets with a key that is not in the database. */
export interface SecretHasher {
  /**
   * Identifies the key, so that a changed pepper can be distinguished from a
   * wrong secret. Empty without a pepper.
   */
  readonly pepperId: string;
  hash(tokenId: string, secret: string): Buffer;
  /** Whether hashes created with this pepper may be used at this time. */
  accepts(pepperId: string, now: number): boolean;
  /**
   * Compares in constant time. `pepperId` is the id stored with the hash;
   * `accepts` decides whether it may be used at all.
   */
  matches(
    tokenId: string,
    secret: string,
    stored: { hash: Buffer; pepperId: string },
  ): boolean;
}

/**
 * Creates a {@link SecretHasher}.
 *
 * @remarks Secrets have 256 random bits, so their hash alone reveals nothing.
 * The pepper keeps somebody who can write to the database from planting a
 * token, but only while hashes without a pepper are rejected. `unpepperedUntil`
 * sets how long they are accepted, so that senders can continue while a pepper
 * is introduced.
 */
export function createSecretHasher(
  options: { pepper?: string; unpepperedUntil?: Date } = {},
): SecretHasher {
  const { pepper, unpepperedUntil } = options;
  const pepperId = pepper
    ? createHash('sha256')
        .update(`cloudtrace-pepper-id:${pepper}`)
        .digest('base64url')
        .slice(0, 8)
    : '';
  const keys = new Map([['', 'cloudtrace']]);
  if (pepper) keys.set(pepperId, pepper);

  const hashWith = (key: string, tokenId: string, secret: string) =>
    createHmac('sha256', key).update(`${tokenId}.${secret}`).digest();

  return {
    pepperId,
    hash: (tokenId, secret) => hashWith(keys.get(pepperId)!, tokenId, secret),
    accepts: (storedId, now) =>
      storedId === pepperId ||
      (storedId === '' && now < (unpepperedUntil?.getTime() ?? -Infinity)),
    matches(tokenId, secret, stored) {
      const key = keys.get(stored.pepperId);
      if (key === undefined) return false;
      const hash = hashWith(key, tokenId, secret);
      return (
        hash.length === stored.hash.length && timingSafeEqual(hash, stored.hash)
      );
    },
  };
}

/** What PostgreSQL starts from when it hashes a number of four bytes. */
const SEED = (0x9e3779b9 + 4 + 3923095) | 0;

/**
 * Hashes an entity id as PostgreSQL's `hashint4` does, which places the entity
 * in a shard. The hash of a value cannot change in PostgreSQL: rows that it
 * placed would not be found again.
 */
export function hashEntityId(entityId: number): number {
  // The last step of Bob Jenkins' lookup3, on three words.
  let a = (SEED + entityId) | 0;
  let b = SEED;
  let c = SEED;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

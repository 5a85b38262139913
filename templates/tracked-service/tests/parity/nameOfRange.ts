/** A range of addresses or a prefix list, as the peer of an allowed connection: a word without spaces. */
export function nameOfRange(range: unknown): string {
  if (range === '0.0.0.0/0') return 'internet';
  return range === '::/0' ? 'internet-v6' : String(range);
}

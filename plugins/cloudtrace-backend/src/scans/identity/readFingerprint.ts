/**
 * Returns a tool's fingerprint without the number that some tools append to
 * distinguish equal places (`9d7b…:2`, `9d7b…_1`): the number only reflects
 * their order. Returns `undefined` for words, such as "requires login", which
 * are not fingerprints.
 */
export function readFingerprint(value: string | undefined): string | undefined {
  const text = value?.trim();
  if (!text || /[^\S\n]/.test(text)) return undefined;
  return text.replace(/([0-9a-f]{12,})[:_]\d{1,6}$/gim, '$1');
}

/**
 * A tool's fingerprint without the number that some append to tell equal places
 * apart (`9d7b…:2`, `9d7b…_1`): it says only in which order they come.
 * `undefined` for words, such as "requires login", which are no fingerprint.
 */
export function readFingerprint(value: string | undefined): string | undefined {
  const text = value?.trim();
  if (!text || /[^\S\n]/.test(text)) return undefined;
  return text.replace(/([0-9a-f]{12,})[:_]\d{1,6}$/gim, '$1');
}

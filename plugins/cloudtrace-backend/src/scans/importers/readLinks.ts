/** Returns a link to store: only http and https, without credentials. */
export function readLink(
  url: string | undefined,
  title?: string,
): Array<{ title?: string; url: string }> {
  if (!url || url.length > 2_000) return [];
  try {
    const parsed = new URL(url.trim());
    if (!['http:', 'https:'].includes(parsed.protocol)) return [];
    if (parsed.username || parsed.password) return [];
    return [{ ...(title && { title }), url: parsed.href }];
  } catch {
    return [];
  }
}

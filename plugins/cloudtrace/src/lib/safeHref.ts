/**
 * Returns a link from data, or `undefined` if it is not plain http(s): external
 * text must never run in the viewer's browser.
 */
export function safeHref(url: string | undefined): string | undefined {
  if (!url) {
    return undefined;
  }
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : undefined;
  } catch {
    return undefined;
  }
}

import { SourceError } from '@cloudtrace/plugin-cloudtrace-node';

/**
 * Returns the URL of the next page from the `links` of a JSON:API response.
 * Snyk returns it relative, with or without `/rest`, or absolute.
 *
 * @throws `SourceError` if it leads away from the API, where the token must not
 * be sent
 */
export function nextPage(
  links: unknown,
  current: URL,
  apiUrl: string,
): URL | undefined {
  const { next } = (links ?? {}) as Record<string, unknown>;
  const link =
    typeof next === 'object' && next !== null
      ? (next as { href?: unknown }).href
      : next;
  if (link === undefined || link === null || link === '') return undefined;
  const base = new URL(`${apiUrl}/rest/`);
  const url =
    typeof link === 'string'
      ? parse(link.replace(/^\/(?=orgs\/)/, base.href), current)
      : undefined;
  if (
    !url ||
    url.origin !== base.origin ||
    !url.pathname.startsWith(base.pathname) ||
    url.username ||
    url.password
  ) {
    throw new SourceError({
      code: 'snyk-foreign-page',
      values: {
        where: `${current.host}${current.pathname}`,
        api: `${base.host}${base.pathname}`,
      },
    });
  }
  return url;
}

function parse(link: string, base: URL): URL | undefined {
  return URL.canParse(link, base) ? new URL(link, base) : undefined;
}

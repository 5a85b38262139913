/** Checkout folder on the scanning machine, if the file contains it. */
export type CheckoutRoots = readonly string[];

/**
 * Returns a path within the repository, with `/`: removes URI schemes, drive
 * letters, `.` and `..`. Returns `undefined` if nothing is left, or if the URI
 * does not refer to a file.
 */
export function readPath(
  uri: string | undefined,
  roots: CheckoutRoots = [],
): string | undefined {
  if (!uri) return undefined;
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1].toLowerCase();
  if (scheme && scheme !== 'file') return undefined;
  let path = decode(
    uri.replace(/^file:\/\/[^/\\]*/i, '').replace(/^file:/i, ''),
  );
  path = path.replaceAll('\\', '/');
  for (const root of roots) {
    const prefix = root.endsWith('/') ? root : `${root}/`;
    if (prefix.length > 1 && path.startsWith(prefix)) {
      path = path.slice(prefix.length);
      break;
    }
  }
  const parts: string[] = [];
  for (const part of path.replace(/^\/?[a-z]:\//i, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part && part !== '.') parts.push(part);
  }
  return parts.join('/').slice(0, 1_024) || undefined;
}

/** Returns the absolute paths of checkouts from file URIs or paths. */
export function readRoot(uri: string | undefined): string | undefined {
  if (!uri) return undefined;
  const path = decode(uri.replace(/^file:\/\/[^/\\]*/i, '')).replaceAll(
    '\\',
    '/',
  );
  return path.startsWith('/') && path.length > 1 ? path : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A path or URL, optionally with a method before it. */
const TARGET = /^(?:[A-Z]+ )?(?:\/|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;

/** User and password in a URL. */
const USER_INFO = /(:\/\/)[^/\s]*@/;

/**
 * Removes credentials, query and fragment from a span's name: they may contain
 * secrets and would create a route per request. Other names keep them:
 * `OrdersController#show` is one name.
 */
export function dropQuery(name: string): string {
  return TARGET.test(name)
    ? name.replace(/[?#].*$/s, '').replace(USER_INFO, '$1')
    : name.replace(/\?[^\s=?]*=.*$/s, '');
}

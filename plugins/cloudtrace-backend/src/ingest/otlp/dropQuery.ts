/** A path or URL, with or without a method before it. */
const TARGET = /^(?:[A-Z]+ )?(?:\/|[A-Za-z][A-Za-z0-9+.-]*:\/\/)/;

/**
 * The name of a span without query and fragment, which hold what nobody but
 * the sender must read, and make a route of every request. Other names keep
 * theirs: `OrdersController#show` is one.
 */
export function dropQuery(name: string): string {
  return TARGET.test(name)
    ? name.replace(/[?#].*$/s, '')
    : name.replace(/\?[^\s=?]*=.*$/s, '');
}

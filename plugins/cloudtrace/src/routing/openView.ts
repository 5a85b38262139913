/** Where the tab is, and which of its views is open. */
interface OpenView {
  /** Path of the tab, without a slash at the end. */
  basePath: string;
  /** Path of the view below the tab; undefined if it is none of the views. */
  view?: string;
}

/**
 * Finds the open view. `mountPath` is the path of the tab; if a page shows the
 * tab elsewhere, its path must end with a view.
 */
export function openView(
  pathname: string,
  views: readonly string[],
  mountPath?: string,
): OpenView {
  const path = pathname.replace(/\/+$/, '');
  const basePath = mountPath?.replace(/\/+$/, '');
  if (basePath !== undefined && `${path}/`.startsWith(`${basePath}/`)) {
    const rest = path.slice(basePath.length + 1);
    return {
      basePath,
      view: views.find(view => `${rest}/`.startsWith(`${view}/`)),
    };
  }
  const view = views.find(each => path.endsWith(`/${each}`));
  return view === undefined
    ? { basePath: path }
    : { basePath: path.slice(0, -view.length - 1), view };
}

import {
  configApiRef,
  useApiHolder,
  type ApiHolder,
} from '@backstage/frontend-plugin-api';
import { forwardRef, type AnchorHTMLAttributes } from 'react';
import { Link as RouterLibraryLink } from 'react-router-dom';
import { fromFramework } from './framework';

const FrameworkLink = fromFramework('RouterLink');
const appHistoryApiRef = fromFramework('coreApis')?.appHistory;

export interface LinkProps
  extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path of the app, which starts with a slash, or only a query. */
  to: string;
}

/** A link within the app, which does not load the page again. */
export const Link = forwardRef<HTMLAnchorElement, LinkProps>(function LinkInApp(
  { to, ...props },
  ref,
) {
  const apis = useApiHolder();
  // In an app without a history of its own, React Router has it.
  const hasHistory = appHistoryApiRef && apis.get(appHistoryApiRef);
  return FrameworkLink && hasHistory ? (
    <FrameworkLink {...props} href={to} ref={ref} />
  ) : (
    <RouterLibraryLink {...props} to={withoutBasePath(to, apis)} ref={ref} />
  );
});

/** Paths of routes contain the base path of such an app, which React Router adds again. */
function withoutBasePath(to: string, apis: ApiHolder): string {
  const baseUrl = apis.get(configApiRef)?.getOptionalString('app.baseUrl');
  if (!baseUrl) return to;
  const basePath = new URL(baseUrl, 'http://localhost').pathname.replace(
    /\/+$/,
    '',
  );
  return to.startsWith(`${basePath}/`) ? to.slice(basePath.length) : to;
}

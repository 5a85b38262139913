import { forwardRef, type AnchorHTMLAttributes } from 'react';
import { Link as RouterLibraryLink } from 'react-router-dom';
import { fromFramework } from './framework';
import { useAppHistory } from './useAppHistory';

const FrameworkLink = fromFramework('RouterLink');

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
  return useAppHistory() && FrameworkLink ? (
    <FrameworkLink {...props} href={to} ref={ref} />
  ) : (
    <RouterLibraryLink {...props} to={to} ref={ref} />
  );
});

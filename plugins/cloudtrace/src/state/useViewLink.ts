import { useCallback } from 'react';
import { useSearchParams } from '../routing';
import { useCloudtrace } from './CloudtraceContext';
import { sharedParams } from './tabState';

/**
 * Returns a function that makes the path of a view, which keeps what all views
 * share; `own` are parameters of that view.
 */
export function useViewLink(): (
  view: string,
  own?: Readonly<Record<string, string | undefined>>,
) => string {
  const { basePath } = useCloudtrace();
  const [params] = useSearchParams();
  return useCallback(
    (view, own = {}) => {
      const search = sharedParams(params);
      for (const [name, value] of Object.entries(own)) {
        if (value !== undefined) search.set(name, value);
      }
      return viewPath(basePath, view, search);
    },
    [basePath, params],
  );
}

/** The path of a view below the tab. */
export function viewPath(
  basePath: string,
  view: string,
  search: URLSearchParams,
): string {
  const query = search.toString();
  return `${basePath}/${view}${query && `?${query}`}`;
}

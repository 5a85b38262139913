import { useCallback } from 'react';
import { useSearchParams } from '../routing';

/** New values of URL parameters; `undefined` and empty lists remove one. */
export type ParamChange = Record<
  string,
  string | readonly string[] | undefined
>;

/** Applies a {@link ParamChange} to a copy of the parameters. */
export function withParams(
  params: URLSearchParams,
  change: ParamChange,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(change)) {
    next.delete(name);
    const values = typeof value === 'string' ? [value] : value ?? [];
    values.filter(Boolean).forEach(item => next.append(name, item));
  }
  return next;
}

/** A view's own part of the URL: filters, sorting, the open drawer. */
export function useViewParams(): [
  URLSearchParams,
  (change: ParamChange, options?: { replace?: boolean }) => void,
] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (patch: ParamChange, options?: { replace?: boolean }) =>
      setParams(current => withParams(current, patch), options),
    [setParams],
  );
  return [params, change];
}

import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { useCallback, useMemo } from 'react';
import { useViewParams } from '../../state/useViewParams';

/** The request whose details are open. */
export interface OpenRequest {
  traceId: string;
  spanId: string;
  /** Its `startedAt`, which makes the search short. */
  at?: string;
}

const PATTERN = /^([0-9a-f]{32})-([0-9a-f]{16})$/i;

/** Keeps the open request in the URL, so that a refresh or a paste keeps it. */
export function useOpenRequest() {
  const [params, setParams] = useViewParams();
  const value = params.get('open');
  const at = params.get('at') ?? undefined;
  const open = useMemo<OpenRequest | undefined>(() => {
    const match = PATTERN.exec(value ?? '');
    return match ? { traceId: match[1], spanId: match[2], at } : undefined;
  }, [value, at]);
  const openRequest = useCallback(
    (request: RequestRecord) =>
      setParams({
        open: `${request.traceId}-${request.spanId}`,
        at: request.startedAt,
      }),
    [setParams],
  );
  const close = useCallback(
    () => setParams({ open: undefined, at: undefined }),
    [setParams],
  );
  return { open, openRequest, close };
}

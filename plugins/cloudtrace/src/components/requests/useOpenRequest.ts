import {
  TAB_PARAMS,
  type RequestRecord,
} from '@cloudtrace/plugin-cloudtrace-common';
import { useCallback, useMemo } from 'react';
import { useViewParams } from '../../state/useViewParams';

/** The request whose details are open. */
export interface OpenRequest {
  traceId: string;
  spanId: string;
  /** Its `startedAt`, which makes the lookup fast. */
  at?: string;
}

const PATTERN = /^([0-9a-f]{32})-([0-9a-f]{16})$/i;

/** Reads the open request; `undefined` if none is open or the URL is invalid. */
export function readOpenRequest(
  params: URLSearchParams,
): OpenRequest | undefined {
  const match = PATTERN.exec(params.get(TAB_PARAMS.request) ?? '');
  const at = params.get(TAB_PARAMS.requestAt) ?? undefined;
  return match ? { traceId: match[1], spanId: match[2], at } : undefined;
}

/** Stores the open request in the URL, so that reloads and pasted links keep it. */
export function useOpenRequest() {
  const [params, setParams] = useViewParams();
  const open = useMemo(() => readOpenRequest(params), [params]);
  const openRequest = useCallback(
    (request: RequestRecord) =>
      setParams({
        [TAB_PARAMS.request]: `${request.traceId}-${request.spanId}`,
        [TAB_PARAMS.requestAt]: request.startedAt,
      }),
    [setParams],
  );
  const close = useCallback(
    () =>
      setParams({
        [TAB_PARAMS.request]: undefined,
        [TAB_PARAMS.requestAt]: undefined,
      }),
    [setParams],
  );
  return { open, openRequest, close };
}

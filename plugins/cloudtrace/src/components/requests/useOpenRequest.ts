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
  /** Its `startedAt`, which makes the search short. */
  at?: string;
}

const PATTERN = /^([0-9a-f]{32})-([0-9a-f]{16})$/i;

/** Reads which request is open; `undefined` if none is, or if the URL names it wrongly. */
export function readOpenRequest(
  params: URLSearchParams,
): OpenRequest | undefined {
  const match = PATTERN.exec(params.get(TAB_PARAMS.request) ?? '');
  const at = params.get(TAB_PARAMS.requestAt) ?? undefined;
  return match ? { traceId: match[1], spanId: match[2], at } : undefined;
}

/** Keeps the open request in the URL, so that a refresh or a paste keeps it. */
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

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { shouldRetry } from '../api/ApiError';
import { request } from '../api/request';
import type { NotificationList } from '../api/types';
import { emptyInbox, reduceInbox } from './inboxState';

/** The loaded pages of the list, and the events since then. */
export function useList() {
  const [state, dispatch] = useReducer(reduceInbox, emptyInbox);
  const [error, setError] = useState<Error | null>(null);
  const client = useQueryClient();
  const load = useCallback(
    async (before?: number) => {
      try {
        const list = await client.query({
          queryKey: ['notifications', before],
          queryFn: () =>
            request<NotificationList>(
              'GET',
              `/api/notifications${before === undefined ? '' : `?before=${before}`}`,
            ),
          retry: shouldRetry,
          staleTime: 0,
        });
        setError(null);
        dispatch({
          type: 'listed',
          list,
          ...(before !== undefined && { before }),
        });
      } catch (reason) {
        setError(reason as Error);
      }
    },
    [client],
  );
  useEffect(() => void load(), [load]);
  return { state, dispatch, error, load };
}

import { QueryClient } from '@tanstack/react-query';

function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** Whether an error means "missing or not permitted". */
export function isDenied(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 403;
}

/** The cache of one tab: kept while the viewer moves between its views. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        // A retry does not help if access is denied, but does for a temporary
        // error.
        retry: (failures, error) => {
          const status = statusOf(error);
          const final = status !== undefined && status >= 400 && status < 500;
          return !final && failures < 1;
        },
        retryDelay: 500,
      },
    },
  });
}

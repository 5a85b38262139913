import { QueryClient } from '@tanstack/react-query';
import { shouldRetry } from './ApiError';

export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 10_000 },
      mutations: { retry: shouldRetry, retryDelay: 600 },
    },
  });

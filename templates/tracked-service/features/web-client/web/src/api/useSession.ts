import { useQuery } from '@tanstack/react-query';
import { request } from './request';
import type { User } from './types';

/** Who is signed in: undefined while it is unknown, null for a guest. */
export function useSession() {
  const { data, isPending, error } = useQuery({
    queryKey: ['session'],
    queryFn: () => request<{ user: User | null }>('GET', '/api/session'),
  });
  return { user: data?.user, isPending, error };
}

import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';

/** A person can be a member of very many groups; each costs a call. */
const MAX_OWNERS = 20;

/** The viewer and the groups of the viewer, as owners; `undefined` until known. */
export function useOwnerRefs(): string[] | undefined {
  const identity = useApi(identityApiRef);
  const { data } = useQuery({
    queryKey: ['cloudtrace', 'owner-refs'],
    queryFn: () => identity.getBackstageIdentity(),
  });
  return data?.ownershipEntityRefs.slice(0, MAX_OWNERS);
}

import { useApi } from '@backstage/frontend-plugin-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CreateTokenRequest } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';

/** Loads the entity's ingest tokens, with functions to change them. */
export function useTokens(enabled: boolean) {
  const api = useApi(cloudtraceApiRef);
  const client = useQueryClient();
  const { entityRef } = useCloudtrace();
  const queryKey = ['cloudtrace', entityRef, 'tokens'];
  const query = useQuery({
    queryKey,
    enabled,
    queryFn: ({ signal }) => api.listTokens(entityRef, {}, { signal }),
  });
  const onSuccess = () => client.invalidateQueries({ queryKey });
  const create = useMutation({
    mutationFn: (request: CreateTokenRequest) =>
      api.createToken(entityRef, request),
    onSuccess,
  });
  const revoke = useMutation({
    mutationFn: (tokenId: string) => api.revokeToken(entityRef, tokenId),
    onSuccess,
  });
  return { query, create, revoke };
}

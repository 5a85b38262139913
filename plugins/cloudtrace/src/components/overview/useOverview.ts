import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';

/** Key figures and marks of the range; the view and the badges share them. */
export function useOverview() {
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  return useLiveQuery({
    name: 'overview',
    read: (range, signal) => api.getOverview(entityRef, range, { signal }),
  });
}

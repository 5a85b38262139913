import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { ALL_KINDS } from '../../state/liveMeta';
import { SHARED_MIN_GAP_MS, useLiveQuery } from '../../state/useLiveQuery';

/** Loads key figures and event markers of the range, shared by the view and the badges. */
export function useOverview() {
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  return useLiveQuery({
    name: 'overview',
    kinds: ALL_KINDS,
    minGapMs: SHARED_MIN_GAP_MS,
    read: (range, signal) => api.getOverview(entityRef, range, { signal }),
  });
}

import { useApi } from '@backstage/frontend-plugin-api';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { SHARED_MIN_GAP_MS, useLiveQuery } from '../../state/useLiveQuery';

const LIMIT = 500;

/** Loads the events of the range; the strip and the list share the response. */
export function useTimeline() {
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  return useLiveQuery({
    name: 'timeline',
    kinds: ['fleet', 'scans', 'events'],
    minGapMs: SHARED_MIN_GAP_MS,
    read: (range, signal) =>
      api.getTimeline(entityRef, { ...range, limit: LIMIT }, { signal }),
  });
}

import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { QueryStates } from '../states/QueryStates';
import { FindingContent } from './FindingContent';
import { DetailsDrawer } from '../shared/DetailsDrawer';

const REFRESH_MS = 15_000;

/** All details of one finding, and its triage decision. */
export function FindingDrawer(props: {
  findingId: string | undefined;
  onClose: () => void;
}) {
  const { findingId, onClose } = props;
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, 'finding', findingId],
    enabled: Boolean(findingId),
    queryFn: ({ signal }) => api.getFinding(entityRef, findingId!, { signal }),
    meta: liveMeta({
      kinds: ['scans'],
      minGapMs: REFRESH_MS,
      maxGapMs: Infinity,
      background: true,
    }),
  });
  return (
    <DetailsDrawer
      open={Boolean(findingId)}
      title={t('security.details.title')}
      closeLabel={t('security.details.close')}
      widthPx={600}
      onClose={onClose}
    >
      {findingId && (
        <QueryStates
          query={query}
          what={t('security.details.loading')}
          permission="cloudtrace.security.read"
        >
          {finding => <FindingContent finding={finding} />}
        </QueryStates>
      )}
    </DetailsDrawer>
  );
}

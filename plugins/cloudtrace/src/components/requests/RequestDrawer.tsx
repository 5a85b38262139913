import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { QueryStates } from '../states/QueryStates';
import { RequestDetailsContent } from './RequestDetailsContent';
import type { OpenRequest } from './useOpenRequest';
import { DetailsDrawer } from '../shared/DetailsDrawer';

/** All details of one request, beside the table. */
export function RequestDrawer(props: {
  open: OpenRequest | undefined;
  onOpen: (request: RequestRecord) => void;
  onClose: () => void;
}) {
  const { open, onOpen, onClose } = props;
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, environment } = useCloudtrace();
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'request', open],
    enabled: Boolean(open),
    queryFn: ({ signal }) =>
      api.getRequest(entityRef, { ...open!, environment }, { signal }),
    // A finished request does not change, and its neighbours hardly do.
    staleTime: 60_000,
  });
  return (
    <DetailsDrawer
      open={Boolean(open)}
      title={t('requests.details.title')}
      closeLabel={t('requests.details.close')}
      widthPx={560}
      onClose={onClose}
    >
      {open && (
        <QueryStates
          query={query}
          what={t('requests.details.loading')}
          permission="cloudtrace.requests.read"
        >
          {details => (
            <RequestDetailsContent
              details={details}
              onOpen={onOpen}
              onClose={onClose}
            />
          )}
        </QueryStates>
      )}
    </DetailsDrawer>
  );
}

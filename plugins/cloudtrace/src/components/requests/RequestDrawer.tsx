import { useApi } from '@backstage/frontend-plugin-api';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { RequestRecord } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { QueryStates } from '../states/QueryStates';
import { RequestDetailsContent } from './RequestDetailsContent';
import type { OpenRequest } from './useOpenRequest';
import { Row } from '../shared/layout/Row';

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
    <Drawer
      anchor="right"
      open={Boolean(open)}
      onClose={onClose}
      PaperProps={{
        sx: { width: 560, maxWidth: '100vw' },
        'aria-label': t('requests.details.title'),
        role: 'dialog',
      }}
    >
      <Box sx={{ p: 2, display: 'grid', gap: 2 }}>
        <Row gap={0}>
          <Typography variant="h6" component="h2" sx={{ flexGrow: 1, m: 0 }}>
            {t('requests.details.title')}
          </Typography>
          <IconButton
            aria-label={t('requests.details.close')}
            onClick={onClose}
          >
            <CloseIcon />
          </IconButton>
        </Row>
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
      </Box>
    </Drawer>
  );
}

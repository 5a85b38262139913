import { useApi } from '@backstage/frontend-plugin-api';
import CloseIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { QueryStates } from '../states/QueryStates';
import { FindingContent } from './FindingContent';
import { Row } from '../shared/layout/Row';

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
    <Drawer
      anchor="right"
      open={Boolean(findingId)}
      onClose={onClose}
      PaperProps={{
        sx: { width: 600, maxWidth: '100vw' },
        'aria-label': t('security.details.title'),
        role: 'dialog',
      }}
    >
      <Box sx={{ p: 2, display: 'grid', gap: 2 }}>
        <Row gap={0}>
          <Typography variant="h6" component="h2" sx={{ flexGrow: 1, m: 0 }}>
            {t('security.details.title')}
          </Typography>
          <IconButton
            aria-label={t('security.details.close')}
            onClick={onClose}
          >
            <CloseIcon />
          </IconButton>
        </Row>
        {findingId && (
          <QueryStates
            query={query}
            what={t('security.details.loading')}
            permission="cloudtrace.security.read"
          >
            {finding => <FindingContent finding={finding} />}
          </QueryStates>
        )}
      </Box>
    </Drawer>
  );
}

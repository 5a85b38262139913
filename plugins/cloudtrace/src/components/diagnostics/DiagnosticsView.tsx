import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { exporterVariables } from '../../lib/exporterVariables';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { ALL_KINDS, liveMeta } from '../../state/liveMeta';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { CopyBlock } from '../shared/CopyBlock';
import { QueryStates } from '../states/QueryStates';
import { TOKENS_PARAM } from '../../state/tokensParam';
import { SourceCard } from './SourceCard';

const REFRESH_MS = 5_000;

/** The view "Diagnostics": why is data missing? */
export function DiagnosticsView() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, environment } = useCloudtrace();
  const [, setParams] = useViewParams();
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'diagnostics'],
    queryFn: ({ signal }) =>
      api.getDiagnostics(entityRef, { environment }, { signal }),
    meta: liveMeta({
      kinds: ALL_KINDS,
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  return (
    <QueryStates
      query={query}
      what={t('diagnostics.loading')}
      permission="cloudtrace.requests.read"
    >
      {data => (
        <>
          <Typography variant="body2" color="text.secondary">
            {t('diagnostics.intro')}
          </Typography>
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              gridTemplateColumns:
                'repeat(auto-fill, minmax(min(100%, 440px), 1fr))',
            }}
          >
            {data.sources.map(source => (
              <SourceCard key={source.id} source={source} />
            ))}
          </Box>
          <Paper
            variant="outlined"
            component="section"
            sx={{ p: 2, display: 'grid', gap: 1.5 }}
          >
            <Typography
              variant="subtitle2"
              component="h3"
              sx={{ m: 0, fontSize: 14, fontWeight: 600 }}
            >
              {t('diagnostics.setup')}
            </Typography>
            <CopyBlock
              label={t('states.snippetTitle')}
              text={exporterVariables({ ...data.setup, environment })}
            />
            <Box>
              <Button
                variant="outlined"
                size="small"
                onClick={() => setParams({ [TOKENS_PARAM]: 'open' })}
              >
                {t('diagnostics.manageTokens')}
              </Button>
            </Box>
          </Paper>
        </>
      )}
    </QueryStates>
  );
}

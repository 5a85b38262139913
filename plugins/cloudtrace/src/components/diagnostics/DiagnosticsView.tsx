import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
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
import { Tiles } from '../shared/layout/Tiles';
import { Surface } from '../shared/layout/Surface';
import { Heading } from '../shared/text/Heading';

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
          <Tiles minWidthPx={440} keepWidth>
            {data.sources.map(source => (
              <SourceCard key={source.id} source={source} />
            ))}
          </Tiles>
          <Surface component="section" gap={1.5}>
            <Heading component="h3">{t('diagnostics.setup')}</Heading>
            <CopyBlock
              label={t('states.snippetTitle')}
              text={exporterVariables({ ...data.setup, environment })}
            />
            <Box>
              <Button
                variant="secondary"
                onPress={() => setParams({ [TOKENS_PARAM]: 'open' })}
              >
                {t('diagnostics.manageTokens')}
              </Button>
            </Box>
          </Surface>
        </>
      )}
    </QueryStates>
  );
}

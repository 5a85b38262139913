import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { completeSteps } from '../../lib/completeSteps';
import { formatCount, formatLatency, formatPercent } from '../../lib/format';
import { slotColor } from '../../lib/palette';
import { useText } from '../../state/useText';
import { Sparkline } from '../charts/Sparkline';
import { MiniFigure } from './MiniFigure';
import { CardProviders, QueryCard } from './QueryCard';

const REFRESH_MS = 15_000;

function SummaryContent(props: { data: LoadDistribution }) {
  const { totals, series, stepMs, to, groups, balance, asOf } = props.data;
  const t = useText();
  const { mode } = useTheme().palette;
  if (totals.requests === 0) {
    return (
      <Typography>
        {asOf ? t('summary.noRequests') : t('summary.noneYet')}
      </Typography>
    );
  }
  const zones = new Set(groups.map(group => group.zone ?? '')).size;
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: 'repeat(auto-fit, minmax(90px, 1fr))',
        }}
      >
        <MiniFigure
          label={t('load.requestRate')}
          value={`${formatCount(totals.requestsPerSecond)}\u202freq/s`}
        />
        <MiniFigure
          label={t('load.errorRate')}
          value={formatPercent(totals.errorRate)}
        />
        <MiniFigure
          label={t('load.p95')}
          value={formatLatency(totals.latencyMs.p95)}
        />
      </Box>
      <Sparkline
        label={t('summary.perMinute')}
        width="100%"
        height={48}
        color={slotColor(0, mode)}
        values={completeSteps(series, stepMs, to).map(point => point.requests)}
      />
      <Typography variant="body2" color="text.secondary">
        {t('summary.instances', {
          number: String(props.data.groupsTotal),
          zones: String(zones),
        })}
        {' · '}
        {t('summary.balance', {
          verdict: t(`load.balance.${balance.verdict}`),
        })}
      </Typography>
    </Box>
  );
}

function Summary() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const query = useQuery({
    queryKey: ['cloudtrace-summary', entityRef],
    queryFn: ({ signal }) =>
      api.getLoadDistribution(entityRef, { groupBy: 'instance' }, { signal }),
    refetchInterval: REFRESH_MS,
  });
  return (
    <QueryCard
      title={t('summary.title')}
      what={t('summary.loading')}
      query={query}
      linkText={t('summary.open')}
    >
      {data => (
        <Box sx={{ display: 'grid', gap: 1 }}>
          <Typography variant="caption" color="text.secondary">
            {t('summary.lastHour', { environment: data.environment })}
          </Typography>
          <SummaryContent data={data} />
        </Box>
      )}
    </QueryCard>
  );
}

/** The last hour of a service on its overview page. */
export function SummaryCard() {
  return (
    <CardProviders>
      <Summary />
    </CardProviders>
  );
}

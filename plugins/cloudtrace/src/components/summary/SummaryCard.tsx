import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { KeyFigure, Overview } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import {
  formatCount,
  formatLatency,
  formatPercent,
  NO_VALUE,
} from '../../lib/format';
import { accentColor } from '../../lib/palette';
import { sparkPoints, stepOf } from '../../lib/sparkPoints';
import { ALL_KINDS, liveMeta } from '../../state/liveMeta';
import { useJudgementText } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { Sparkline } from '../charts/Sparkline';
import { ServiceStatusChip } from '../shared/ServiceStatusChip';
import { MiniFigure } from './MiniFigure';
import { CardProviders, QueryCard } from './QueryCard';
import { Stacked } from '../shared/layout/Stacked';
import { Tiles } from '../shared/layout/Tiles';

const REFRESH_MS = 15_000;

function SummaryContent(props: { data: Overview }) {
  const { figures, status, instances, balance, asOf, from, to } = props.data;
  const t = useText();
  const word = useJudgementText();
  const { mode } = useTheme().palette;
  const figure = (id: KeyFigure['id']) => figures.find(each => each.id === id);
  const requests = figure('requestsPerSecond');
  const healthy = figure('healthy');
  if (!asOf && status.severity === 'no-data') {
    return <Typography>{t('summary.noneYet')}</Typography>;
  }
  const line = [
    healthy?.value !== undefined &&
      healthy.of !== undefined &&
      t('summary.healthy', {
        healthy: String(healthy.value),
        count: healthy.of,
      }),
    instances && t('summary.zones', { count: instances.zones }),
    balance && t('summary.balance', { verdict: t(`load.balance.${balance}`) }),
  ].filter(Boolean);
  return (
    <Stacked gap={1.5}>
      <Typography variant="body2" component="div">
        <ServiceStatusChip severity={status.severity} />{' '}
        {status.reasons.map(reason => `${word(reason)}.`).join(' ')}
      </Typography>
      {requests && (
        <Tiles minWidthPx={90} gap={1.5}>
          <MiniFigure
            label={t('load.requestRate')}
            value={
              requests.value === undefined
                ? NO_VALUE
                : `${formatCount(requests.value)}\u202freq/s`
            }
          />
          <MiniFigure
            label={t('load.errorRate')}
            value={formatPercent(figure('errorRate')?.value)}
          />
          <MiniFigure
            label={t('load.p95')}
            value={formatLatency(figure('p95Ms')?.value)}
          />
        </Tiles>
      )}
      {requests && (
        <Sparkline
          label={t('summary.rate')}
          width="100%"
          height={48}
          color={accentColor('blue', mode)}
          points={sparkPoints(requests.series)}
          domain={{ fromMs: Date.parse(from), toMs: Date.parse(to) }}
          stepMs={stepOf(sparkPoints(requests.series))}
        />
      )}
      {line.length > 0 && (
        <Typography variant="body2" color="text.secondary">
          {line.join(' · ')}
        </Typography>
      )}
    </Stacked>
  );
}

function Summary() {
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const query = useQuery({
    queryKey: ['cloudtrace-summary', entityRef],
    queryFn: ({ signal }) => api.getOverview(entityRef, {}, { signal }),
    meta: liveMeta({
      kinds: ALL_KINDS,
      minGapMs: REFRESH_MS,
      maxGapMs: REFRESH_MS,
    }),
  });
  return (
    <QueryCard
      title={t('summary.title')}
      what={t('summary.loading')}
      query={query}
      linkText={t('summary.open')}
    >
      {data => (
        <Stacked gap={1}>
          <Typography variant="caption" color="text.secondary">
            {t('summary.lastHour', { environment: data.environment })}
          </Typography>
          <SummaryContent data={data} />
        </Stacked>
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

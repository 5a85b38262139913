import { Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { useQuery } from '@tanstack/react-query';
import type { FailoverDetails } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatExact,
} from '../../lib/format';
import { unfinishedSince } from '../../lib/unfinished';
import { alignGroups } from '../../lib/series';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { liveMeta } from '../../state/liveMeta';
import { useSeriesLooks } from '../../state/useSeriesLooks';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import type { TimeMark } from '../charts/ReferenceLines';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { QueryStates } from '../states/QueryStates';
import { Stacked } from '../shared/layout/Stacked';
import { BulletList } from '../shared/layout/BulletList';

const REFRESH_MS = 10_000;

const Time = styled('span')(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  marginRight: theme.spacing(1),
}));

function stepsOf(window: FailoverDetails['window']): string[] {
  const fromMs = Date.parse(window.from);
  const toMs = Date.parse(window.to);
  const steps: string[] = [];
  // An unfinished step has no value yet.
  const endMs = unfinishedSince(window) ?? toMs;
  for (let ms = fromMs; ms < Math.min(endMs, toMs); ms += window.stepMs) {
    steps.push(new Date(ms).toISOString());
  }
  return steps;
}

function RequestGraph(props: {
  details: FailoverDetails;
  kind: 'zone' | 'instance';
}) {
  const { details, kind } = props;
  const t = useText();
  const groups = kind === 'zone' ? details.zoneSeries : details.instanceSeries;
  const { lookOf, other } = useSeriesLooks(groups.map(group => group.key));
  const aligned = alignGroups({
    groups: groups.map(group => ({ ...group, series: group.points })),
    steps: stepsOf(details.window),
    value: point => point.requests,
    missing: 0,
  });
  const series = aligned.series.map(item => ({
    ...item,
    ...lookOf(item.key),
  }));
  if (aligned.other) {
    series.push({
      key: 'cloudtrace-other',
      label: t('chart.other', { number: String(aligned.other.labels.length) }),
      values: aligned.other.values,
      color: other,
      dash: '',
    });
  }
  const { failover, window } = details;
  const marks: TimeMark[] = [
    { atMs: Date.parse(failover.startedAt), label: t('failovers.began') },
    ...(failover.recoveredAt
      ? [
          {
            atMs: Date.parse(failover.recoveredAt),
            label: t('failovers.recovered'),
          },
        ]
      : []),
  ];
  const step = formatDuration(window.stepMs);
  const title =
    kind === 'zone'
      ? t('failovers.byZone', { step })
      : t('failovers.byInstance', { step });
  return (
    <ChartCard
      id={`failover-${kind}`}
      title={title}
      chart={
        <TimeSeriesChart
          title={title}
          domain={{
            fromMs: Date.parse(window.from),
            toMs: Date.parse(window.to),
          }}
          timesMs={aligned.timesMs}
          series={series}
          format={formatCount}
          marks={marks}
          height={180}
          stacked
          unfinishedFromMs={unfinishedSince(window)}
        />
      }
      table={
        <TimeSeriesTable
          title={title}
          timesMs={aligned.timesMs}
          series={series}
          format={formatExact}
        />
      }
    />
  );
}

/** An episode step by step, with the requests around it. */
export function FailoverStory(props: { failoverId: string; ongoing: boolean }) {
  const { failoverId, ongoing } = props;
  const t = useText();
  const said = useSaid();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, environment, tab } = useCloudtrace();
  const query = useQuery({
    queryKey: ['cloudtrace', entityRef, environment, 'failover', failoverId],
    queryFn: ({ signal }) => api.getFailover(entityRef, failoverId, { signal }),
    meta: liveMeta({
      // The requests around a recovered episode no longer change.
      kinds: ongoing ? ['fleet', 'requests'] : ['fleet'],
      minGapMs: REFRESH_MS,
      maxGapMs: ongoing ? REFRESH_MS : Infinity,
      background: true,
    }),
  });
  return (
    <QueryStates
      query={query}
      what={t('failovers.loading')}
      permission="cloudtrace.fleet.read"
      loading={<Skeleton height={220} />}
    >
      {details => (
        <Stacked>
          <BulletList aria-label={t('failovers.steps')} as="ol">
            {details.steps.map((step, i) => (
              <Typography
                component="li"
                variant="body2"
                key={`${step.at}/${i}`}
              >
                <Time>{formatDateTime(Date.parse(step.at), tab.timeZone)}</Time>
                <strong>{said(step, 'title')}</strong>
                {step.detail && ` – ${said(step, 'detail')}`}
              </Typography>
            ))}
          </BulletList>
          {details.requestsHidden ? (
            <Typography variant="body2" color="text.secondary">
              {t('failovers.hidden')}
            </Typography>
          ) : (
            <>
              {details.zoneSeries.length > 0 && (
                <RequestGraph details={details} kind="zone" />
              )}
              {details.instanceSeries.length > 0 && (
                <RequestGraph details={details} kind="instance" />
              )}
            </>
          )}
        </Stacked>
      )}
    </QueryStates>
  );
}

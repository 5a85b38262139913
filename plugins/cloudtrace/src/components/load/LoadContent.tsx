import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { useMemo } from 'react';
import { formatCount, formatDuration, formatExact } from '../../lib/format';
import type { SparkValue } from '../../lib/sparkPoints';
import { unfinishedSince } from '../../lib/unfinished';
import { useAnswerDomain } from '../../state/useAnswerDomain';
import { useSeriesLooks } from '../../state/useSeriesLooks';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { BalanceCard } from './BalanceCard';
import { GroupTable } from './GroupTable';
import { HeatCard } from './HeatCard';
import { LoadFigures } from './LoadFigures';
import { nameKinds, type ShownGroup, type ShownLoad } from './nameKinds';
import { plotGroups } from './plotGroups';
import { ShareCard } from './ShareCard';

const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
  gridTemplateColumns: 'minmax(0, 1fr)',
  [theme.breakpoints.up('lg')]: {
    gridTemplateColumns: 'minmax(0, 3fr) minmax(280px, 2fr)',
  },
}));

/** Requests of a group per step; unknown before its first request ever. */
function trendOf(group: ShownGroup, data: ShownLoad): SparkValue[] {
  const firstMs = Date.parse(group.firstSeenAt ?? data.from);
  const counts = new Map(group.series.map(({ t, requests }) => [t, requests]));
  return data.series.map(({ t }) => {
    const atMs = Date.parse(t);
    const nothing = atMs + data.stepMs > firstMs ? 0 : null;
    return { atMs, value: counts.get(t) ?? nothing };
  });
}

/** The content of the view "Load distribution". */
export function LoadContent(props: { data: LoadDistribution }) {
  const t = useText();
  const data = useMemo(() => nameKinds(props.data, t), [props.data, t]);
  const { groupBy, groups } = data;
  const { lookOf, other } = useSeriesLooks(groups.map(group => group.key));
  const [requests, errors] = useMemo(
    () =>
      (['requests', 'errors'] as const).map(figure =>
        plotGroups({
          data,
          figure,
          lookOf,
          otherColor: other,
          otherLabel: count => t('chart.other', { number: String(count) }),
        }),
      ),
    [data, lookOf, other, t],
  );
  const domain = useAnswerDomain(data);
  const unfinishedFromMs = unfinishedSince(data);
  const words = {
    group: t(`load.inTitle.${groupBy}`),
    step: formatDuration(data.stepMs),
  };
  const requestsTitle = t('load.requestsOverTime', words);
  const errorsTitle = t('load.errorsOverTime', words);

  return (
    <>
      <LoadFigures data={data} />
      <Columns>
        <BalanceCard data={data} />
        <ShareCard data={data} lookOf={lookOf} />
      </Columns>
      <ChartCard
        id="requests"
        title={requestsTitle}
        chart={
          <TimeSeriesChart
            title={requestsTitle}
            domain={domain}
            timesMs={requests.timesMs}
            series={requests.series}
            format={formatCount}
            stacked
            whole
            unfinishedFromMs={unfinishedFromMs}
          />
        }
        table={
          <TimeSeriesTable
            title={requestsTitle}
            timesMs={requests.timesMs}
            series={requests.series}
            format={formatExact}
          />
        }
      />
      <GroupTable
        data={data}
        lookOf={lookOf}
        domain={domain}
        pointsOf={group => trendOf(group, data)}
      />
      <ChartCard
        id="errors"
        title={errorsTitle}
        chart={
          data.totals.errors > 0 ? (
            <TimeSeriesChart
              title={errorsTitle}
              domain={domain}
              timesMs={errors.timesMs}
              series={errors.series}
              format={formatCount}
              height={160}
              stacked
              whole
              unfinishedFromMs={unfinishedFromMs}
            />
          ) : (
            <Typography variant="body2" color="text.secondary">
              {t('load.noErrors')}
            </Typography>
          )
        }
        table={
          <TimeSeriesTable
            title={errorsTitle}
            timesMs={errors.timesMs}
            series={errors.series}
            format={formatExact}
          />
        }
      />
      <HeatCard data={data} />
    </>
  );
}

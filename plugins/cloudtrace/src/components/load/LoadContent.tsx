import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { useMemo } from 'react';
import { formatCount, formatDuration, formatExact } from '../../lib/format';
import { completeSteps } from '../../lib/completeSteps';
import { useAnswerDomain } from '../../state/useAnswerDomain';
import { useSeriesColors } from '../../state/useSeriesColors';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { ShareBars } from '../charts/ShareBars';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';
import { BalanceCard } from './BalanceCard';
import { GroupTable } from './GroupTable';
import { HeatCard } from './HeatCard';
import { LoadFigures } from './LoadFigures';
import { plotGroups } from './plotGroups';

const MAX_BARS = 12;

/** The view "Load distribution" with data. */
export function LoadContent(props: { data: LoadDistribution }) {
  const { data } = props;
  const t = useText();
  const { groupBy, groups } = data;
  const { colorOf, other } = useSeriesColors(
    groupBy,
    groups.map(group => group.key),
  );
  const [requests, errors] = useMemo(
    () =>
      (['requests', 'errors'] as const).map(figure =>
        plotGroups({
          data,
          figure,
          colorOf,
          otherColor: other,
          otherLabel: count => t('chart.other', { number: String(count) }),
        }),
      ),
    [data, colorOf, other, t],
  );
  const domain = useAnswerDomain(data);
  const words = {
    group: t(`load.by.${groupBy}`).toLocaleLowerCase('en'),
    step: formatDuration(data.stepMs),
  };
  const requestsTitle = t('load.requestsOverTime', words);
  const errorsTitle = t('load.errorsOverTime', words);
  const steps = completeSteps(data.series, data.stepMs, data.to);
  const stepIndex = new Map(steps.map((point, i) => [point.t, i]));

  return (
    <>
      <LoadFigures data={data} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            lg: 'minmax(0, 3fr) minmax(280px, 2fr)',
          },
        }}
      >
        <BalanceCard data={data} />
        <ChartCard
          id="share"
          title={t('load.shareTitle', words)}
          subtitle={groupBy !== 'route' && t('load.fairShareLine')}
          chart={
            <ShareBars
              bars={groups.slice(0, MAX_BARS).map(group => ({
                key: group.key,
                label: group.label,
                detail: groupBy === 'instance' ? group.zone : undefined,
                share: group.share,
                fairShare: group.fairShare,
                color: colorOf(group.key),
              }))}
            />
          }
        />
      </Box>
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
        colorOf={colorOf}
        valuesOf={group => {
          const firstMs = Date.parse(group.firstSeenAt ?? data.from);
          const values = steps.map(step =>
            // Before its first request ever there is nothing to count.
            Date.parse(step.t) + data.stepMs > firstMs ? 0 : null,
          ) as Array<number | null>;
          for (const point of group.series) {
            const at = stepIndex.get(point.t);
            if (at !== undefined) {
              values[at] = point.requests;
            }
          }
          return values;
        }}
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

import { Skeleton } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { useTheme } from '@mui/material/styles';
import type { LoadDistribution } from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { completeSteps } from '../../lib/completeSteps';
import { formatCount, formatDuration, formatExact } from '../../lib/format';
import { unfinishedSince } from '../../lib/unfinished';
import { accentColor } from '../../lib/palette';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useAnswerDomain } from '../../state/useAnswerDomain';
import { SHARED_MIN_GAP_MS, useLiveQuery } from '../../state/useLiveQuery';
import { useText } from '../../state/useText';
import { ChartCard } from '../charts/ChartCard';
import { TimeSeriesChart } from '../charts/TimeSeriesChart';
import { TimeSeriesTable } from '../charts/TimeSeriesTable';

function Curve(props: { data: LoadDistribution }) {
  const { data } = props;
  const t = useText();
  const theme = useTheme();
  const domain = useAnswerDomain(data);
  const points = completeSteps(data.series, data.stepMs, data.to);
  const timesMs = points.map(point => Date.parse(point.t));
  const series = [
    {
      key: 'requests',
      label: t('overview.requests'),
      color: accentColor('blue', theme.palette.mode),
      values: points.map(point => point.requests),
      area: true,
    },
    {
      key: 'errors',
      label: t('overview.errors'),
      color: theme.palette.error.main,
      values: points.map(point => point.errors),
      area: true,
    },
  ];
  const title = t('overview.curve', { step: formatDuration(data.stepMs) });
  return (
    <ChartCard
      id="curve"
      title={title}
      chart={
        <TimeSeriesChart
          title={title}
          domain={domain}
          timesMs={timesMs}
          series={series}
          format={formatCount}
          height={200}
          unfinishedFromMs={unfinishedSince(data)}
        />
      }
      table={
        <TimeSeriesTable
          title={title}
          timesMs={timesMs}
          series={series}
          format={formatExact}
        />
      }
    />
  );
}

/** Requests and errors of the whole service over the range. */
export function RequestCurve() {
  const api = useApi(cloudtraceApiRef);
  const { entityRef } = useCloudtrace();
  const { data, error } = useLiveQuery({
    name: 'request-curve',
    kinds: ['requests'],
    minGapMs: SHARED_MIN_GAP_MS,
    read: (range, signal) =>
      api.getLoadDistribution(
        entityRef,
        { ...range, groupBy: 'zone', limit: 1 },
        { signal },
      ),
  });
  if (!data) {
    // Without permission for requests, the rest of the overview is still shown.
    return error ? null : <Skeleton height={260} />;
  }
  return <Curve data={data} />;
}

import { useTheme } from '@mui/material/styles';
import { BarChart } from '@mui/x-charts/BarChart';
import type { DurationBucket } from '@cloudtrace/plugin-cloudtrace-common';
import { formatCount, formatExact, formatLatency } from '../../lib/format';
import { useText } from '../../state/useText';
import { SeriesLegend } from './SeriesLegend';
import { Shrinkable } from '../shared/layout/Shrinkable';

/** Requests by duration on a log axis; a click selects a bucket. */
export function DurationHistogram(props: {
  buckets: DurationBucket[];
  onSelect: (bucket: DurationBucket) => void;
}) {
  const { buckets, onSelect } = props;
  const t = useText();
  const theme = useTheme();
  const okColor = theme.palette.mode === 'dark' ? '#56b4e9' : '#0072b2';
  const errorColor = theme.palette.error.main;
  return (
    <Shrinkable>
      <BarChart
        title={t('requests.histogram')}
        height={150}
        margin={{ left: 0, right: 12, top: 8, bottom: 0 }}
        skipAnimation
        enableKeyboardNavigation
        hideLegend
        xAxis={[
          {
            scaleType: 'band',
            data: buckets.map(bucket => bucket.fromMs),
            height: 24,
            categoryGapRatio: 0.12,
            tickLabelInterval: (_, index) =>
              index % Math.max(1, Math.ceil(buckets.length / 8)) === 0,
            valueFormatter: (fromMs: number, context) => {
              const bucket = buckets.find(item => item.fromMs === fromMs);
              return context.location === 'tooltip' && bucket
                ? `${formatLatency(bucket.fromMs)} – ${formatLatency(
                    bucket.toMs,
                  )}`
                : formatLatency(fromMs);
            },
          },
        ]}
        yAxis={[
          {
            width: 44,
            tickNumber: 3,
            valueFormatter: (value: number) => formatCount(value),
          },
        ]}
        series={[
          {
            id: 'ok',
            label: t('requests.histogramOk'),
            stack: 'all',
            color: okColor,
            data: buckets.map(bucket => bucket.requests - bucket.errors),
            valueFormatter: value => formatExact(value ?? undefined),
          },
          {
            id: 'errors',
            label: t('requests.histogramErrors'),
            stack: 'all',
            color: errorColor,
            data: buckets.map(bucket => bucket.errors),
            valueFormatter: value => formatExact(value ?? undefined),
          },
        ]}
        onAxisClick={(_, data) => {
          const bucket = data && buckets[data.dataIndex];
          if (bucket) {
            onSelect(bucket);
          }
        }}
        sx={{ cursor: 'pointer', fontVariantNumeric: 'tabular-nums' }}
      />
      <SeriesLegend
        items={[
          { key: 'ok', label: t('requests.histogramOk'), color: okColor },
          {
            key: 'errors',
            label: t('requests.histogramErrors'),
            color: errorColor,
          },
        ]}
      />
    </Shrinkable>
  );
}

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { ChartsBrushOverlay } from '@mui/x-charts/ChartsBrushOverlay';
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';
import { LineChart } from '@mui/x-charts/LineChart';
import { useId, useMemo } from 'react';
import { formatDateTime, formatTick } from '../../lib/format';
import { holdSteps } from '../../lib/holdSteps';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Hatch } from './Hatch';
import { SeriesLegend } from './SeriesLegend';
import { UnfinishedBand } from './UnfinishedBand';
import { PLOT_RIGHT_PX, useGutter } from './useGutter';
import { useTimeTicks } from './useTimeTicks';
import { ZoomBrush } from './ZoomBrush';
import { Shrinkable } from '../shared/layout/Shrinkable';

/** Keeps the highest value below the upper edge. */
const HEADROOM = 1.08;

/** A series with its colour. */
export interface PlottedSeries {
  key: string;
  label: string;
  color: string;
  values: Array<number | null>;
  /** Dash pattern of its line; a stacked area is hatched instead. */
  dash?: string;
  /** Shown on hover over the legend, e.g. the names included in "other". */
  legendTitle?: string;
  /** Draws steps instead of slopes, for capacities and other counts. */
  step?: boolean;
  /** Fills the area even if the chart is not stacked. */
  area?: boolean;
}

/** A horizontal line with a label, e.g. a threshold. */
export interface Threshold {
  value: number;
  label: string;
}

/** A vertical line with a label, e.g. the start of a failover. */
export interface TimeMark {
  atMs: number;
  label: string;
  color?: string;
}

/** Whether a value has no neighbour, or the chart has hardly any values. */
function isAlone(values: PlottedSeries['values'], index: number): boolean {
  const known = (i: number) => typeof values[i] === 'number';
  return (
    known(index) &&
    ((!known(index - 1) && !known(index + 1)) ||
      values.filter(value => value !== null).length <= 2)
  );
}

/**
 * Series over time in the theme's colours. All charts of a view get the same
 * domain and margins, so that cause and effect line up vertically.
 */
export function TimeSeriesChart(props: {
  title: string;
  domain: { fromMs: number; toMs: number };
  timesMs: number[];
  series: PlottedSeries[];
  stacked?: boolean;
  format: (value: number | undefined) => string;
  thresholds?: Threshold[];
  marks?: TimeMark[];
  height?: number;
  /** Minimum upper end of the value axis, so that small values do not look large. */
  minMax?: number;
  hideLegend?: boolean;
  /** Start of the unfinished step, in ms; it has no value yet. */
  unfinishedFromMs?: number;
  /** The values are counts: no ticks between whole numbers. */
  whole?: boolean;
}) {
  const { title, domain, stacked, format } = props;
  const { thresholds = [], marks = [], height = 240, minMax, whole } = props;
  const { timesMs, series } = useMemo(
    () => holdSteps(props.timesMs, props.series),
    [props.timesMs, props.series],
  );
  const t = useText();
  const theme = useTheme();
  const gutter = useGutter();
  const { tab } = useCloudtrace();
  const { timeZone, zoomTo } = tab;
  const durationMs = domain.toMs - domain.fromMs;
  const ticks = useTimeTicks(domain);
  const hatchId = useId().replace(/:/g, '');
  const peak = Math.max(
    minMax ?? 0,
    ...thresholds.map(threshold => threshold.value),
    0,
  );

  const xAxis = useMemo(
    () => [
      {
        data: timesMs,
        scaleType: 'time' as const,
        min: domain.fromMs,
        max: domain.toMs,
        height: 24,
        tickInterval: ticks,
        valueFormatter: (value: Date | number, context: { location: string }) =>
          context.location === 'tooltip'
            ? formatDateTime(Number(value), timeZone)
            : formatTick(Number(value), durationMs, timeZone),
      },
    ],
    [timesMs, domain.fromMs, domain.toMs, ticks, durationMs, timeZone],
  );
  const plotted = useMemo(
    () =>
      series.map(item => ({
        id: item.key,
        label: item.label,
        color: item.color,
        data: item.values,
        area: stacked || item.area,
        stack: stacked ? 'all' : undefined,
        // A point without neighbours has no line to show it.
        showMark: ({ index }: { index: number }) => isAlone(item.values, index),
        curve: item.step ? ('stepAfter' as const) : ('linear' as const),
        valueFormatter: (value: number | null) => format(value ?? undefined),
      })),
    [series, stacked, format],
  );
  const dashed = series.filter(item => item.dash);
  const dashes = Object.fromEntries(
    dashed.flatMap((item, i) => {
      const path = `& path[data-series=${JSON.stringify(item.key)}]`;
      return [
        [path, { strokeDasharray: item.dash }],
        ...(stacked
          ? [[`${path}[stroke="none"]`, { fill: `url(#${hatchId}-${i})` }]]
          : []),
      ];
    }),
  );

  if (timesMs.length === 0) {
    return (
      <Box sx={{ height, display: 'grid', placeItems: 'center' }}>
        <Typography color="text.secondary">{t('chart.empty')}</Typography>
      </Box>
    );
  }
  return (
    <Shrinkable>
      <LineChart
        title={title}
        xAxis={xAxis}
        yAxis={[
          {
            min: 0,
            domainLimit: (min, max) => ({
              min: 0,
              max:
                Math.max(Number(max) * HEADROOM, peak * HEADROOM) ||
                Number(min) + 1,
            }),
            width: gutter,
            tickMinStep: whole ? 1 : undefined,
            tickNumber: 4,
            valueFormatter: (value: number) => format(value),
          },
        ]}
        series={plotted}
        height={height}
        margin={{ left: 0, right: PLOT_RIGHT_PX, top: 12, bottom: 0 }}
        grid={{ horizontal: true }}
        hideLegend
        skipAnimation
        enableKeyboardNavigation
        brushConfig={{ enabled: true }}
        slotProps={{ tooltip: { trigger: 'axis' } }}
        sx={{
          touchAction: 'pan-y',
          cursor: 'crosshair',
          fontVariantNumeric: 'tabular-nums',
          '& path[data-series]': {
            fillOpacity: stacked ? 0.75 : 0.18,
            strokeWidth: stacked ? 1 : 2,
          },
          ...dashes,
        }}
      >
        <defs>
          <Hatch id={hatchId} color={theme.palette.action.focus} />
          {dashed.map((item, i) => (
            <Hatch
              key={item.key}
              id={`${hatchId}-${i}`}
              ground={item.color}
              color={theme.palette.background.paper}
              angle={45 + 45 * i}
            />
          ))}
        </defs>
        {props.unfinishedFromMs !== undefined && (
          <UnfinishedBand fromMs={props.unfinishedFromMs} hatch={hatchId} />
        )}
        <ChartsBrushOverlay />
        <ZoomBrush onZoom={zoomTo} />
        {thresholds.map(threshold => (
          <ChartsReferenceLine
            key={threshold.label}
            y={threshold.value}
            label={threshold.label}
            labelAlign="start"
            lineStyle={{
              stroke: theme.palette.warning.main,
              strokeDasharray: '4 3',
            }}
            labelStyle={{ fontSize: 11, fill: theme.palette.text.secondary }}
          />
        ))}
        {marks.map((mark, i) => (
          <ChartsReferenceLine
            key={`${mark.atMs}/${mark.label}`}
            x={mark.atMs}
            label={mark.label}
            // Keeps the labels of close marks apart.
            labelAlign={i % 2 === 0 ? 'start' : 'end'}
            lineStyle={{
              stroke: mark.color ?? theme.palette.text.secondary,
              strokeDasharray: '2 3',
            }}
            labelStyle={{ fontSize: 11, fill: theme.palette.text.secondary }}
          />
        ))}
      </LineChart>
      {!props.hideLegend && (
        <SeriesLegend
          items={series.map(item => ({
            key: item.key,
            label: item.label,
            color: item.color,
            dash: item.dash,
            title: item.legendTitle,
          }))}
        />
      )}
    </Shrinkable>
  );
}

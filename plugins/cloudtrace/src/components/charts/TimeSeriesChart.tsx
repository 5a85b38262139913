import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { ChartsBrushOverlay } from '@mui/x-charts/ChartsBrushOverlay';
import { LineChart } from '@mui/x-charts/LineChart';
import { useId, useMemo } from 'react';
import { holdSteps } from '../../lib/holdSteps';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { Hatch } from './Hatch';
import {
  ReferenceLines,
  type Threshold,
  type TimeMark,
} from './ReferenceLines';
import { SeriesLegend } from './SeriesLegend';
import { UnfinishedBand } from './UnfinishedBand';
import { PLOT_RIGHT_PX, useGutter } from './useGutter';
import { usePlottedSeries, type PlottedSeries } from './usePlottedSeries';
import { useTimeAxis } from './useTimeAxis';
import { ZoomBrush } from './ZoomBrush';
import { Shrinkable } from '../shared/layout/Shrinkable';

/** Keeps the highest value below the upper edge. */
const HEADROOM = 1.08;

/** Dashes of the series' lines; in a stacked chart also their hatched areas. */
function dashStyles(
  dashed: PlottedSeries[],
  hatchId: string | undefined,
): Record<string, object> {
  return Object.fromEntries(
    dashed.flatMap((item, i) => {
      const path = `& path[data-series=${JSON.stringify(item.key)}]`;
      return [
        [path, { strokeDasharray: item.dash }],
        ...(hatchId
          ? [[`${path}[stroke="none"]`, { fill: `url(#${hatchId}-${i})` }]]
          : []),
      ];
    }),
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
  const hatchId = useId().replace(/:/g, '');
  const peak = Math.max(
    minMax ?? 0,
    ...thresholds.map(threshold => threshold.value),
    0,
  );

  const xAxis = useTimeAxis(timesMs, domain);
  const plotted = usePlottedSeries(series, { stacked, format });
  const dashed = series.filter(item => item.dash);
  const dashes = dashStyles(dashed, stacked ? hatchId : undefined);

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
        <ZoomBrush onZoom={tab.zoomTo} />
        <ReferenceLines thresholds={thresholds} marks={marks} />
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

import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTheme } from '@mui/material/styles';
import { Fragment } from 'react';
import { formatDateTime, formatTick } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { PLOT_RIGHT_PX, useGutter } from './useGutter';

/** One line of a heat map; `null` where there were no requests. */
export interface HeatRow {
  key: string;
  label: string;
  values: Array<number | null>;
}

const ROW_HEIGHT = 22;

/** One hue from faint to strong: order is readable without colour vision. */
function ramp(mode: 'light' | 'dark', level: number): string {
  const [hue, saturation] = [18, mode === 'dark' ? 15 + level * 75 : 85];
  const lightness = mode === 'dark' ? 24 + level * 44 : 95 - level * 52;
  return `hsl(${hue} ${saturation}% ${lightness}%)`;
}

/** Groups × time; the colour is the figure, cells say it on hover. */
export function HeatMap(props: {
  title: string;
  rows: HeatRow[];
  timesMs: number[];
  format: (value: number | undefined) => string;
}) {
  const { title, rows, timesMs, format } = props;
  const t = useText();
  const theme = useTheme();
  const gutter = useGutter();
  const { tab } = useCloudtrace();
  const known = rows.flatMap(row =>
    row.values.filter((value): value is number => value !== null),
  );
  const peak = Math.max(...known, 0);
  const { mode } = theme.palette;
  const durationMs = (timesMs.at(-1) ?? 0) - (timesMs[0] ?? 0);
  const ticks = [0, 0.25, 0.5, 0.75].map(part =>
    Math.floor(part * timesMs.length),
  );
  return (
    <Box role="img" aria-label={title} sx={{ minWidth: 0 }}>
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: `${gutter - 8}px minmax(0, 1fr) ${
            PLOT_RIGHT_PX - 8
          }px`,
          columnGap: 1,
          rowGap: '3px',
          alignItems: 'center',
        }}
      >
        {rows.map(row => (
          <Fragment key={row.key}>
            <Typography variant="caption" noWrap title={row.label}>
              {row.label}
            </Typography>
            <svg
              width="100%"
              height={ROW_HEIGHT}
              viewBox={`0 0 ${timesMs.length} 1`}
              preserveAspectRatio="none"
              shapeRendering="crispEdges"
            >
              {row.values.map((value, i) => (
                <rect
                  key={timesMs[i]}
                  x={i}
                  width={1}
                  height={1}
                  fill={
                    value === null
                      ? theme.palette.action.hover
                      : ramp(mode, peak > 0 ? value / peak : 0)
                  }
                >
                  <title>
                    {`${row.label}, ${formatDateTime(
                      timesMs[i],
                      tab.timeZone,
                    )}: ${value === null ? t('load.heatNone') : format(value)}`}
                  </title>
                </rect>
              ))}
            </svg>
            <span />
          </Fragment>
        ))}
        <span />
        <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(4, 1fr)' }}>
          {ticks.map(i => (
            <Typography key={i} variant="caption" color="text.secondary">
              {timesMs[i] !== undefined &&
                formatTick(timesMs[i], durationMs, tab.timeZone)}
            </Typography>
          ))}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mt: 0.5 }}>
        <Typography variant="caption">{format(0)}</Typography>
        <Box
          sx={{
            width: 120,
            height: 10,
            borderRadius: 0.5,
            background: `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1]
              .map(level => ramp(mode, level))
              .join(',')})`,
          }}
        />
        <Typography variant="caption">{format(peak)}</Typography>
      </Box>
    </Box>
  );
}

import Typography from '@mui/material/Typography';
import { styled, useTheme } from '@mui/material/styles';
import { Fragment } from 'react';
import { formatDateTime } from '../../lib/format';
import type { ResolvedRange } from '../../lib/timeRange';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { TimeAxis } from './TimeAxis';
import { Shrinkable } from '../shared/layout/Shrinkable';
import { Row } from '../shared/layout/Row';
import { PlotInset } from './PlotInset';

/** One row of a heat map; `null` where there were no requests. */
export interface HeatRow {
  key: string;
  label: string;
  values: Array<number | null>;
}

const ROW_HEIGHT = 16;

const ColorScale = styled('div')(({ theme }) => ({
  width: 120,
  height: 10,
  borderRadius: theme.shape.borderRadius * 0.5,
}));

/** One hue from light to dark, so that the order is visible without colour vision. */
function ramp(mode: 'light' | 'dark', level: number): string {
  const [hue, saturation] = [18, mode === 'dark' ? 15 + level * 75 : 85];
  const lightness = mode === 'dark' ? 24 + level * 44 : 95 - level * 52;
  return `hsl(${hue} ${saturation}% ${lightness}%)`;
}

/** Groups × time. The colour shows the figure; cells show the number on hover. */
export function HeatMap(props: {
  title: string;
  rows: HeatRow[];
  /** Starts of the steps. */
  timesMs: number[];
  stepMs: number;
  domain: ResolvedRange;
  /** Start of the unfinished step, in ms. */
  unfinishedFromMs?: number;
  format: (value: number | undefined) => string;
}) {
  const { title, rows, timesMs, stepMs, domain, format } = props;
  const { unfinishedFromMs = Infinity } = props;
  const t = useText();
  const theme = useTheme();
  const { tab } = useCloudtrace();
  const known = rows.flatMap(row =>
    row.values.filter((value): value is number => value !== null),
  );
  const peak = Math.max(...known, 0);
  const { mode } = theme.palette;
  const labelOf = (row: HeatRow, i: number) => {
    const value = row.values[i];
    return [
      `${row.label}, ${formatDateTime(timesMs[i], tab.timeZone)}: ${
        value === null ? t('load.heatNone') : format(value)
      }`,
      ...(timesMs[i] >= unfinishedFromMs ? [t('chart.unfinished')] : []),
    ].join(', ');
  };
  return (
    <Shrinkable role="img" aria-label={title}>
      <PlotInset>
        {rows.map(row => (
          <Fragment key={row.key}>
            <Typography variant="caption" component="p" noWrap>
              {row.label}
            </Typography>
            <svg
              width="100%"
              height={ROW_HEIGHT}
              // Relative to the start: timestamps have too many digits for SVG.
              viewBox={`0 0 ${domain.toMs - domain.fromMs} 1`}
              preserveAspectRatio="none"
              shapeRendering="crispEdges"
              style={{ display: 'block' }}
            >
              {row.values.map((value, i) => (
                <rect
                  key={timesMs[i]}
                  x={timesMs[i] - domain.fromMs}
                  width={stepMs}
                  height={1}
                  data-unfinished={timesMs[i] >= unfinishedFromMs || undefined}
                  opacity={timesMs[i] >= unfinishedFromMs ? 0.4 : 1}
                  fill={
                    value === null
                      ? theme.palette.action.hover
                      : ramp(mode, peak > 0 ? value / peak : 0)
                  }
                >
                  <title>{labelOf(row, i)}</title>
                </rect>
              ))}
            </svg>
          </Fragment>
        ))}
        <TimeAxis domain={domain} />
      </PlotInset>
      <Row mt={0.5}>
        <Typography variant="caption">{format(0)}</Typography>
        <ColorScale
          style={{
            background: `linear-gradient(90deg, ${[0, 0.25, 0.5, 0.75, 1]
              .map(level => ramp(mode, level))
              .join(',')})`,
          }}
        />
        <Typography variant="caption">{format(peak)}</Typography>
      </Row>
    </Shrinkable>
  );
}

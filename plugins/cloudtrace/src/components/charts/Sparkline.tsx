import Box from '@mui/material/Box';
import { Fragment } from 'react';

const WIDTH = 100;
const HEIGHT = 24;

/** Stretches of known values, each value with its place. */
function runsOf(values: Array<number | null>): Array<Array<[number, number]>> {
  const runs: Array<Array<[number, number]>> = [];
  values.forEach((value, i) => {
    if (value === null) return;
    const open = runs.at(-1);
    if (open && open[open.length - 1][0] === i - 1) open.push([i, value]);
    else runs.push([[i, value]]);
  });
  return runs;
}

/**
 * The course of a figure in one line of text; the figures stand beside it.
 * `null` is not known and leaves a gap.
 */
export function Sparkline(props: {
  values: Array<number | null>;
  color: string;
  width?: number | string;
  height?: number;
  label?: string;
}) {
  const { values, color, width = 90, height = HEIGHT, label } = props;
  const peak = Math.max(...values.map(value => value ?? 0), 0);
  const stepX = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  const runs = runsOf(values).map(run =>
    run.map(([i, value]) => {
      const y =
        peak > 0 ? HEIGHT - 1 - (value / peak) * (HEIGHT - 3) : HEIGHT - 1;
      return { x: (i * stepX).toFixed(1), y: y.toFixed(1) };
    }),
  );
  const a11y = label
    ? { role: 'img', 'aria-label': label }
    : { 'aria-hidden': true };
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      sx={{ width, height, display: 'block' }}
      {...a11y}
    >
      {runs.map(run => {
        // A value without neighbours is a dot: a line of no length with round ends.
        const line = (run.length > 1 ? run : [run[0], run[0]])
          .map(({ x, y }) => `${x},${y}`)
          .join(' ');
        const [first, last] = [run[0].x, run[run.length - 1].x];
        return (
          <Fragment key={first}>
            <polygon
              points={`${first},${HEIGHT} ${line} ${last},${HEIGHT}`}
              fill={color}
              opacity={0.15}
            />
            <polyline
              points={line}
              fill="none"
              stroke={color}
              strokeWidth={run.length > 1 ? 1.5 : 3}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </Fragment>
        );
      })}
    </Box>
  );
}

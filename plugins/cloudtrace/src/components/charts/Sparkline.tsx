import Box from '@mui/material/Box';
import { Fragment } from 'react';
import type { SparkValue } from '../../lib/sparkPoints';
import type { ResolvedRange } from '../../lib/timeRange';

const WIDTH = 100;
const HEIGHT = 24;
/** Points further apart than this many steps have a gap between them. */
const GAP_STEPS = 1.5;

interface Place {
  x: number;
  y: number;
}

/** Segments of known values without a gap. */
function runsOf(points: SparkValue[], stepMs: number): SparkValue[][] {
  const runs: SparkValue[][] = [];
  let last: SparkValue | undefined;
  for (const point of points) {
    if (point.value !== null) {
      const joins =
        last !== undefined &&
        last.value !== null &&
        point.atMs - last.atMs <= stepMs * GAP_STEPS;
      if (joins) runs[runs.length - 1].push(point);
      else runs.push([point]);
    }
    last = point;
  }
  return runs;
}

/** Corners of values that hold until the next one. */
function holding(run: Place[]): Place[] {
  return run.flatMap((place, i) =>
    i === 0 ? [place] : [{ x: place.x, y: run[i - 1].y }, place],
  );
}

const text = (places: Place[]) =>
  places.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

/**
 * A small chart of a figure on a time axis, as high as a line of text; the
 * numbers are shown beside it. `null` is unknown and leaves a gap. An
 * unfinished step has no value yet; its time is marked instead.
 */
export function Sparkline(props: {
  points: SparkValue[];
  /** The time range of the full width. */
  domain: ResolvedRange;
  /** Width of a step; absent for values that hold until the next one. */
  stepMs?: number;
  color: string;
  width?: number | string;
  height?: number;
  label?: string;
}) {
  const { points, domain, stepMs, color, width = 90, height = HEIGHT } = props;
  const { fromMs, toMs } = domain;
  const nowMs = Math.min(toMs, Date.now());
  const x = (atMs: number) =>
    Math.min(Math.max((atMs - fromMs) / (toMs - fromMs || 1), 0), 1) * WIDTH;
  const over = ({ atMs }: SparkValue) => atMs + (stepMs ?? 0) <= nowMs;
  const complete = points.filter(over);
  const open = points.find(point => !over(point));
  const peak = Math.max(...complete.map(point => point.value ?? 0), 0);
  const y = (value: number) =>
    HEIGHT - 1 - (peak > 0 ? (value / peak) * (HEIGHT - 3) : 0);
  // The last value holds until now.
  const last = complete.at(-1);
  const drawn =
    stepMs === undefined && last
      ? [...complete, { ...last, atMs: nowMs }]
      : complete;
  const a11y = props.label
    ? { role: 'img', 'aria-label': props.label }
    : { 'aria-hidden': true };
  return (
    <Box
      component="svg"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      sx={{ width, height, display: 'block' }}
      {...a11y}
    >
      {open && (
        <rect
          data-unfinished
          x={x(open.atMs)}
          width={WIDTH - x(open.atMs)}
          height={HEIGHT}
          fill="currentColor"
          opacity={0.15}
        />
      )}
      {runsOf(drawn, stepMs ?? Infinity).map(run => {
        const places = run.map(({ atMs, value }) => ({
          x: x(atMs),
          y: y(value ?? 0),
        }));
        const corners = stepMs === undefined ? holding(places) : places;
        // A value without neighbours is a dot: a line of zero length with round
        // ends.
        const line = text(
          corners.length > 1 ? corners : [...corners, ...corners],
        );
        const [first, end] = [places[0].x, places[places.length - 1].x];
        return (
          <Fragment key={first}>
            <polygon
              points={`${first.toFixed(1)},${HEIGHT} ${line} ${end.toFixed(
                1,
              )},${HEIGHT}`}
              fill={color}
              opacity={0.15}
            />
            <polyline
              points={line}
              fill="none"
              stroke={color}
              strokeWidth={corners.length > 1 ? 1.5 : 3}
              strokeLinecap="round"
              vectorEffect="non-scaling-stroke"
            />
          </Fragment>
        );
      })}
    </Box>
  );
}

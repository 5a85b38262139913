import Box from '@mui/material/Box';

const WIDTH = 100;
const HEIGHT = 24;

/** The course of a figure in one line of text; the figures stand beside it. */
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
  const points = values.map((value, i) => {
    const y =
      peak > 0 ? HEIGHT - 1 - ((value ?? 0) / peak) * (HEIGHT - 3) : HEIGHT - 1;
    return `${(i * stepX).toFixed(1)},${y.toFixed(1)}`;
  });
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
      <polygon
        points={`0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`}
        fill={color}
        opacity={0.15}
      />
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </Box>
  );
}

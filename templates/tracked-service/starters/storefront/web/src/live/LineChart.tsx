export interface Series {
  readonly name: string;
  readonly colour: string;
  /** Null where nothing was measured: the line has a gap there. */
  readonly points: readonly { atMs: number; value: number | null }[];
}

const width = 600;
const height = 180;
const left = 58;
const bottom = 26;

/** Lines over the last ten minutes. */
export function LineChart(props: {
  title: string;
  unit: string;
  series: readonly Series[];
  endMs: number;
  spanMs: number;
}) {
  const { title, unit, series, endMs, spanMs } = props;
  const values = series.flatMap(({ points }) =>
    points.flatMap(({ value }) => (value === null ? [] : [value])),
  );
  const top = niceMaximum(Math.max(0, ...values));
  const x = (atMs: number) =>
    left + (1 - (endMs - atMs) / spanMs) * (width - left - 6);
  const y = (value: number) => 8 + (1 - value / top) * (height - bottom - 8);

  return (
    <figure className="rounded-3xl border border-line bg-panel p-4 sm:p-5">
      <figcaption className="mb-2 font-medium">{title}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={describe(title, unit, series)}
        className="w-full overflow-visible"
      >
        {[0, 0.5, 1].map(share => (
          <g key={share}>
            <path
              d={`M${left} ${y(top * share)}H${width - 6}`}
              stroke="var(--line)"
            />
            <text
              x={left - 6}
              y={y(top * share) + 4}
              textAnchor="end"
              className="fill-soft text-[19px] sm:text-[12px] tabular-nums"
            >
              {format(top * share)}
              {share === 1 ? ` ${unit}` : ''}
            </text>
          </g>
        ))}
        <text
          x={left}
          y={height - 4}
          className="fill-soft text-[19px] sm:text-[12px]"
        >
          {Math.round(spanMs / 60_000)} min ago
        </text>
        <text
          x={width - 6}
          y={height - 4}
          textAnchor="end"
          className="fill-soft text-[19px] sm:text-[12px]"
        >
          now
        </text>
        {series.map(({ name, colour, points }) => (
          <path
            key={name}
            d={toPath(points, x, y)}
            fill="none"
            stroke={colour}
            strokeWidth="2.2"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ))}
      </svg>
      {values.length === 0 && (
        <p className="text-sm text-soft">Nothing was measured yet.</p>
      )}
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-soft">
        {series.map(({ name, colour }) => (
          <li key={name} className="flex items-center gap-1.5">
            <span
              className="h-1 w-4 rounded-full"
              style={{ background: colour }}
            />
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

function toPath(
  points: Series['points'],
  x: (atMs: number) => number,
  y: (value: number) => number,
): string {
  let pen = 'M';
  return points
    .map(({ atMs, value }) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const command = `${pen}${x(atMs).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
      // A dot where a single value stands between gaps.
      return `${command}h0`;
    })
    .join('');
}

/** 1, 2 or 5 times a power of ten. */
export function niceMaximum(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find(factor => value <= factor * power) ?? 10;
  return step * power;
}

const format = (value: number) =>
  value.toLocaleString('en', { maximumSignificantDigits: 3 });

function describe(
  title: string,
  unit: string,
  series: readonly Series[],
): string {
  const now = series.map(({ name, points }) => {
    const value = points.at(-1)?.value;
    return `${name} ${value === null || value === undefined ? 'unknown' : `${format(value)} ${unit}`}`;
  });
  return `${title}, newest values: ${now.join(', ') || 'none yet'}`;
}

import { useTheme } from '@mui/material/styles';
import { ChartsReferenceLine } from '@mui/x-charts/ChartsReferenceLine';

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

/** The thresholds and marked times of a chart. */
export function ReferenceLines(props: {
  thresholds: readonly Threshold[];
  marks: readonly TimeMark[];
}) {
  const { thresholds, marks } = props;
  const theme = useTheme();
  return (
    <>
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
    </>
  );
}

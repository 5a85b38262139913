import { useDrawingArea, useXScale } from '@mui/x-charts/hooks';
import { useText } from '../../state/useText';

/** Marks the unfinished step, which has no value yet. */
export function UnfinishedBand(props: { fromMs: number; hatch: string }) {
  const t = useText();
  const scale = useXScale<'time'>() as unknown as (ms: number) => number;
  const { left, top, width, height } = useDrawingArea();
  const start = Math.max(scale(props.fromMs), left);
  return (
    <rect
      data-unfinished
      x={start}
      y={top}
      width={Math.max(left + width - start, 0)}
      height={height}
      fill={`url(#${props.hatch})`}
    >
      <title>{t('chart.unfinished')}</title>
    </rect>
  );
}

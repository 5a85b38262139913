import { useBrush, useXScale } from '@mui/x-charts/hooks';
import { useEffect, useRef } from 'react';

const MIN_DRAG_PX = 6;

interface Invertible {
  invert(position: number): Date | number;
}

/**
 * Zooms to a drag over a time axis. Rendered inside a chart with an enabled
 * brush, which draws the selection itself.
 */
export function ZoomBrush(props: {
  onZoom: (aMs: number, bMs: number) => void;
}) {
  const { onZoom } = props;
  const brush = useBrush();
  const scale = useXScale<'time'>() as unknown as Invertible;
  const last = useRef<{ startX: number; endX: number }>();

  useEffect(() => {
    if (brush) {
      last.current = { startX: brush.start.x, endX: brush.current.x };
      return;
    }
    const drag = last.current;
    last.current = undefined;
    if (drag && Math.abs(drag.endX - drag.startX) >= MIN_DRAG_PX) {
      onZoom(
        Number(scale.invert(drag.startX)),
        Number(scale.invert(drag.endX)),
      );
    }
  }, [brush, scale, onZoom]);

  return null;
}

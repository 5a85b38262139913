import { styled } from '@mui/material/styles';
import { useRef, useState, type PointerEvent, type ReactNode } from 'react';
import { useCloudtrace } from '../../state/CloudtraceContext';

const MIN_DRAG_PX = 6;

const Area = styled('div')({
  position: 'relative',
  minWidth: 0,
  cursor: 'crosshair',
  userSelect: 'none',
  touchAction: 'pan-y',
});

const Selection = styled('div')(({ theme }) => ({
  position: 'absolute',
  top: 0,
  bottom: 0,
  backgroundColor: theme.palette.action.selected,
  pointerEvents: 'none',
}));

/** Adds zoom by dragging to plain elements on a time axis, as in charts. */
export function DragZoom(props: {
  domain: { fromMs: number; toMs: number };
  children: ReactNode;
}) {
  const { domain, children } = props;
  const { tab } = useCloudtrace();
  const box = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ startX: number; endX: number }>();

  const position = (event: PointerEvent) => {
    const { left, width } = box.current!.getBoundingClientRect();
    return Math.min(Math.max(event.clientX - left, 0), width);
  };
  const end = () => {
    const width = box.current?.clientWidth ?? 0;
    if (drag && width > 0 && Math.abs(drag.endX - drag.startX) >= MIN_DRAG_PX) {
      const at = (x: number) =>
        domain.fromMs + (x / width) * (domain.toMs - domain.fromMs);
      tab.zoomTo(at(drag.startX), at(drag.endX));
    }
    setDrag(undefined);
  };

  return (
    <Area
      ref={box}
      onPointerDown={event =>
        event.button === 0 &&
        setDrag({ startX: position(event), endX: position(event) })
      }
      onPointerMove={event =>
        drag && setDrag({ ...drag, endX: position(event) })
      }
      onPointerUp={end}
      onPointerLeave={() => setDrag(undefined)}
    >
      {children}
      {drag && (
        <Selection
          style={{
            left: Math.min(drag.startX, drag.endX),
            width: Math.abs(drag.endX - drag.startX),
          }}
        />
      )}
    </Area>
  );
}

import type { ReactNode } from 'react';
import { PLOT_RIGHT_PX, useGutter } from './useGutter';

/** Lines its content up with the plots of the charts around it. */
export function PlotInset(props: { children: ReactNode }) {
  const gutter = useGutter();
  return (
    <div style={{ paddingLeft: gutter, paddingRight: PLOT_RIGHT_PX }}>
      {props.children}
    </div>
  );
}

import type { MouseEvent, ReactNode } from 'react';
import { tableLook } from './tableLook';

/**
 * Whether a click means the row: not a link or button in it, and not the end of
 * selecting text, as someone does to copy an id.
 */
function meansRow({ target, currentTarget }: MouseEvent): boolean {
  const control = (target as Element).closest(
    'a, button, input, [role="button"]',
  );
  const selection = window.getSelection();
  return (
    !currentTarget.contains(control) && (!selection || selection.isCollapsed)
  );
}

/** A row of cells; a click on a row with `onClick` opens what it describes. */
export function DataRow(props: {
  selected?: boolean;
  onClick?: () => void;
  children: ReactNode;
}) {
  const { selected, onClick, children } = props;
  return (
    <tr
      className={tableLook('TableRow')}
      data-clickable={onClick ? '' : undefined}
      data-selected={selected ? '' : undefined}
      aria-current={selected || undefined}
      onClick={onClick && (event => meansRow(event) && onClick())}
    >
      {children}
    </tr>
  );
}

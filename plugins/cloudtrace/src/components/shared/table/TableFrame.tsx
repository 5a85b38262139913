import { styled } from '@mui/material/styles';
import { useRef, type ReactNode } from 'react';
import { tableLook } from './tableLook';
import { useOverflows } from './useOverflows';

const Scroller = styled('div')(({ theme }) => ({
  overflow: 'auto',
  maxWidth: '100%',
  '&:focus-visible': {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: -2,
  },
}));

/**
 * What CloudTrace changes in the look of Backstage UI: columns as wide as their
 * content, lower rows, text that can be selected, and focus rings that the
 * cells do not cut off. Selectors instead of a styled cell, because a table has
 * thousands of cells.
 */
const Table = styled('table')(({ theme }) => ({
  tableLayout: 'auto',
  fontVariantNumeric: 'tabular-nums',
  '& > * > tr > *': {
    // The font of the chips and remarks in the cells.
    fontFamily: theme.typography.fontFamily,
    padding: 'var(--bui-space-1_5) var(--bui-space-2)',
    overflow: 'visible',
    lineHeight: 1.4,
    textAlign: 'left',
    verticalAlign: 'middle',
    whiteSpace: 'nowrap',
    // `anywhere` would let a narrow column break names in the middle.
    overflowWrap: 'break-word',
    wordBreak: 'normal',
  },
  '& > * > tr > [data-align="right"]': { textAlign: 'right' },
  '& > * > tr > [data-wrap]': { whiteSpace: 'normal' },
  '& > tbody > tr, & > tbody > tr:hover': {
    cursor: 'auto',
    backgroundColor: 'transparent',
  },
  '& > tbody > tr:last-of-type': { borderBottom: 0 },
  '& > tbody > tr[data-clickable]': { cursor: 'pointer' },
  // Fainter than in Backstage UI, on which red text would be hard to read.
  '& > tbody > tr[data-clickable]:hover, & > tbody > tr[data-selected]': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-fg-primary) 5%, transparent)',
  },
  '& > tbody > tr[data-selected] > :not(* + *)': {
    boxShadow: `inset 3px 0 ${theme.palette.primary.main}`,
  },
  '&[data-sticky] > thead > tr > *': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    backgroundColor: 'var(--bui-bg-inherit)',
    // The border of a collapsed row does not move with a sticky cell.
    boxShadow: 'inset 0 -1px var(--bui-border-2)',
  },
}));

/**
 * A table with the look of Backstage UI that scrolls in its own area if it has
 * too little room.
 */
export function TableFrame(props: {
  label: string;
  /** In pixels; a higher table scrolls below its headings. */
  maxHeight?: number;
  children: ReactNode;
}) {
  const { label, maxHeight, children } = props;
  const ref = useRef<HTMLDivElement>(null);
  const scrolls = useOverflows(ref);
  // Someone without a mouse scrolls it with the arrow keys.
  const area = scrolls
    ? { tabIndex: 0, role: 'group', 'aria-label': label }
    : undefined;
  return (
    <Scroller ref={ref} style={{ maxHeight }} {...area}>
      <Table
        aria-label={label}
        className={tableLook('Table')}
        data-sticky={maxHeight ? '' : undefined}
      >
        {children}
      </Table>
    </Scroller>
  );
}

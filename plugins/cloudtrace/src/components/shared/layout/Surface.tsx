import Paper, { type PaperProps } from '@mui/material/Paper';
import type { ElementType } from 'react';

/** A bordered part of a page; with a gap, its children stand below each other. */
export function Surface(
  props: Omit<PaperProps, 'sx' | 'ref' | 'variant'> & {
    component?: ElementType;
    padding?: number;
    gap?: number;
  },
) {
  const { padding = 2, gap, ...rest } = props;
  const stacked = {
    display: 'grid',
    // Children never widen it.
    gridTemplateColumns: 'minmax(0, 1fr)',
    alignContent: 'start',
    gap,
  };
  return (
    <Paper
      {...rest}
      variant="outlined"
      sx={{ p: padding, minWidth: 0, ...(gap === undefined ? {} : stacked) }}
    />
  );
}

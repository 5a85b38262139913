import Chip, { type ChipProps } from '@mui/material/Chip';
import { forwardRef } from 'react';

/** A chip in the row of a table, no higher than the text beside it. */
export const SmallChip = forwardRef<
  HTMLDivElement,
  Omit<ChipProps, 'sx' | 'size' | 'ref'>
>(function ForwardedChip(props, ref) {
  return <Chip {...props} ref={ref} size="small" sx={{ height: 20 }} />;
});

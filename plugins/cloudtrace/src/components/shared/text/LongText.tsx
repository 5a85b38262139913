import Typography, { type TypographyProps } from '@mui/material/Typography';
import type { ElementType } from 'react';

/** Text that may hold long names without spaces, and breaks within them. */
export function LongText(
  props: Omit<TypographyProps, 'sx' | 'ref' | 'variant'> & {
    component?: ElementType;
  },
) {
  return (
    <Typography {...props} variant="body2" sx={{ overflowWrap: 'anywhere' }} />
  );
}

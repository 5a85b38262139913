import Typography, { type TypographyProps } from '@mui/material/Typography';
import type { ElementType } from 'react';

const SIZES = {
  page: { fontSize: 24 },
  record: { fontSize: 18, overflowWrap: 'anywhere' },
  resource: { fontSize: 16, overflowWrap: 'anywhere' },
  part: { fontSize: 14 },
} as const;

/** The heading of a page, of a record or resource on it, or of a part of these. */
export function Heading(
  props: Omit<TypographyProps, 'sx' | 'ref' | 'variant'> & {
    component?: ElementType;
    size?: keyof typeof SIZES;
    /** Whether the heading fills the row that it is in. */
    grow?: boolean;
  },
) {
  const { size = 'part', grow, ...rest } = props;
  return (
    <Typography
      {...rest}
      variant={size === 'part' ? 'subtitle2' : 'body1'}
      sx={{
        fontWeight: 600,
        flexGrow: grow ? 1 : undefined,
        ...SIZES[size],
      }}
    />
  );
}

import Box from '@mui/material/Box';
import type { LayoutProps } from './LayoutProps';

/** Elements side by side, by default centred on one line. */
export function Row(
  props: LayoutProps & {
    gap?: number;
    align?: 'center' | 'baseline' | 'flex-start';
    justify?: 'flex-end' | 'space-between';
    /** Whether elements without room continue on the next line. */
    wrap?: boolean;
  },
) {
  const { gap = 1, align = 'center', justify, wrap, ...rest } = props;
  return (
    <Box
      {...rest}
      sx={{
        display: 'flex',
        flexWrap: wrap ? 'wrap' : undefined,
        alignItems: align,
        justifyContent: justify,
        gap,
      }}
    />
  );
}

import Box from '@mui/material/Box';
import type { LayoutProps } from './LayoutProps';

/** Tiles of equal width, as many per row as fit. */
export function Tiles(
  props: LayoutProps & {
    minWidthPx: number;
    gap?: number;
    /** Whether too few tiles for a row keep their width instead of filling it. */
    keepWidth?: boolean;
  },
) {
  const { minWidthPx, gap = 2, keepWidth, ...rest } = props;
  const repeat = keepWidth ? 'auto-fill' : 'auto-fit';
  return (
    <Box
      {...rest}
      sx={{
        display: 'grid',
        gap,
        gridTemplateColumns: `repeat(${repeat}, minmax(min(100%, ${minWidthPx}px), 1fr))`,
      }}
    />
  );
}

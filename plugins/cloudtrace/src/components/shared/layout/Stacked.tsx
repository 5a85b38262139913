import Box from '@mui/material/Box';
import type { LayoutProps } from './LayoutProps';

/** Elements below each other; one that is too wide shrinks. */
export function Stacked(props: LayoutProps & { gap?: number }) {
  const { gap = 2, ...rest } = props;
  return <Box {...rest} sx={{ display: 'grid', gap, minWidth: 0 }} />;
}

import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import { useText } from '../../../state/useText';

/** The filters of a list, side by side. */
export function FilterRow(props: { children: ReactNode }) {
  const t = useText();
  return (
    <Box
      role="search"
      aria-label={t('requests.filters')}
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'flex-start',
      }}
    >
      {props.children}
    </Box>
  );
}

import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** One key figure with its comparison. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  detail?: ReactNode;
  tone?: 'normal' | 'bad';
  children?: ReactNode;
}) {
  const { label, value, detail, tone, children } = props;
  return (
    <Paper variant="outlined" sx={{ p: 1.5, minWidth: 0 }}>
      <Typography variant="body2" color="text.secondary">
        {label}
      </Typography>
      <Box
        sx={{
          fontSize: 24,
          lineHeight: 1.3,
          fontWeight: 600,
          fontVariantNumeric: 'tabular-nums',
          color: tone === 'bad' ? 'error.main' : 'text.primary',
          overflowWrap: 'anywhere',
        }}
      >
        {value}
      </Box>
      {children}
      {detail && (
        <Typography
          variant="caption"
          color="text.secondary"
          component="p"
          sx={{ m: 0 }}
        >
          {detail}
        </Typography>
      )}
    </Paper>
  );
}

/** A row of figures that wraps on narrow screens. */
export function FigureRow(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
      }}
    >
      {props.children}
    </Box>
  );
}

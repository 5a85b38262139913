import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Surface } from './layout/Surface';
import { Tiles } from './layout/Tiles';

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
    <Surface padding={1.5}>
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
        <Typography variant="caption" color="text.secondary" component="p">
          {detail}
        </Typography>
      )}
    </Surface>
  );
}

/** A row of figures that wraps on narrow screens. */
export function FigureRow(props: { children: ReactNode }) {
  return <Tiles minWidthPx={150}>{props.children}</Tiles>;
}

import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Row } from '../shared/layout/Row';

/** A view without data: what is missing, why, and what to do next. */
export function Notice(props: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}) {
  return (
    <Paper
      variant="outlined"
      role={props.role}
      sx={{ p: { xs: 2, sm: 4 }, display: 'grid', gap: 2 }}
    >
      <Typography variant="h6" component="h2" sx={{ m: 0 }}>
        {props.title}
      </Typography>
      {props.children}
      {props.actions && <Row wrap>{props.actions}</Row>}
    </Paper>
  );
}

import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { Row } from '../shared/layout/Row';

const Frame = styled(Paper)(({ theme }) => ({
  padding: theme.spacing(2),
  [theme.breakpoints.up('sm')]: { padding: theme.spacing(4) },
  display: 'grid',
  gap: theme.spacing(2),
}));

const Title = styled(Typography)({ margin: 0 }) as typeof Typography;

/** A view without data: what is missing, why, and what to do next. */
export function Notice(props: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  role?: 'alert' | 'status';
}) {
  return (
    <Frame variant="outlined" role={props.role}>
      <Title variant="h6" component="h2">
        {props.title}
      </Title>
      {props.children}
      {props.actions && <Row wrap>{props.actions}</Row>}
    </Frame>
  );
}

import CloseIcon from '@mui/icons-material/Close';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import { styled } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Row } from './layout/Row';

const Content = styled('div')(({ theme }) => ({
  padding: theme.spacing(2),
  display: 'grid',
  gap: theme.spacing(2),
}));

const Title = styled(Typography)({
  flexGrow: 1,
  margin: 0,
}) as typeof Typography;

/** The details of one row, beside the table. */
export function DetailsDrawer(props: {
  open: boolean;
  title: string;
  closeLabel: string;
  widthPx: number;
  onClose: () => void;
  children: ReactNode;
}) {
  const { open, title, closeLabel, widthPx, onClose, children } = props;
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      PaperProps={{
        sx: { width: widthPx, maxWidth: '100vw' },
        'aria-label': title,
        role: 'dialog',
      }}
    >
      <Content>
        <Row gap={0}>
          <Title variant="h6" component="h2">
            {title}
          </Title>
          <IconButton aria-label={closeLabel} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </Row>
        {children}
      </Content>
    </Drawer>
  );
}

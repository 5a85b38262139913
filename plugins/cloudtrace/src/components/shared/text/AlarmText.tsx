import { styled } from '@mui/material/styles';

/** Text that is red if it reports a failure. */
export const AlarmText = styled('span', {
  shouldForwardProp: name => name !== 'failed' && name !== 'as',
})<{ failed?: boolean }>(({ failed, theme }) => ({
  color: failed ? theme.palette.error.main : undefined,
}));

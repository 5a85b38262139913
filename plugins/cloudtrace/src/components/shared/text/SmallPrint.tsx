import { styled } from '@mui/material/styles';

/** A remark below the value of a table cell. */
export const SmallPrint = styled('div')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontSize: 12,
}));

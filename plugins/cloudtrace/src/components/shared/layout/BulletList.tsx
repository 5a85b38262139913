import { styled } from '@mui/material/styles';

/** A list with bullets, or with numbers as an `ol`. */
export const BulletList = styled('ul')(({ theme }) => ({
  margin: 0,
  paddingLeft: theme.spacing(2.5),
}));

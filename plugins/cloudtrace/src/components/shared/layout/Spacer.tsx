import { styled } from '@mui/material/styles';

/** Fills a row, so that the elements after it stand at its end. */
export const Spacer = styled('div')({ flexGrow: 1 });

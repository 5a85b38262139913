import { styled } from '@mui/material/styles';

/** Lets a chart or a table in a grid become narrower than its content. */
export const Shrinkable = styled('div')({ minWidth: 0 });

import { styled } from '@mui/material/styles';
import TableCell from '@mui/material/TableCell';

/** A table cell for times and headings, which do not break into lines. */
export const NoBreakCell = styled(TableCell)({
  whiteSpace: 'nowrap',
}) as typeof TableCell;

import { styled } from '@mui/material/styles';
import TableContainer from '@mui/material/TableContainer';

/** Contains a table as high as a chart, which scrolls if it is longer. */
export const LowTableContainer = styled(TableContainer)({ maxHeight: 320 });

import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import type { ReactNode } from 'react';
import type { RowSort, SortValue } from '../../lib/sortRows';
import { NoBreakCell } from './NoBreakCell';

/** A column: its heading and its content per row. */
export interface DataColumn<TRow> {
  id: string;
  title: string;
  align?: 'right';
  /** Allows line breaks; figures and times do not break. */
  wrap?: boolean;
  render: (row: TRow) => ReactNode;
  /** Makes the column sortable, if the table supports sorting. */
  sortBy?: (row: TRow) => SortValue;
}

/** A plain table; the first column names the row. */
export function DataTable<TRow>(props: {
  label: string;
  columns: DataColumn<TRow>[];
  rows: TRow[];
  rowKey: (row: TRow) => string;
  onRowClick?: (row: TRow) => void;
  maxHeight?: number;
  /** The current order of the rows, and the order that a click on a heading requests. */
  sort?: RowSort;
  onSort?: (sort: RowSort) => void;
}) {
  const { sort, onSort } = props;
  const titleOf = (column: DataColumn<TRow>) => {
    if (!column.sortBy || !onSort) return column.title;
    const active = sort?.column === column.id;
    // Figures sort from the highest first, names from A.
    const descending = active ? !sort.descending : column.align === 'right';
    return (
      <TableSortLabel
        active={active}
        direction={active && !sort.descending ? 'asc' : 'desc'}
        onClick={() => onSort({ column: column.id, descending })}
      >
        {column.title}
      </TableSortLabel>
    );
  };
  const { label, columns, rows, rowKey, onRowClick, maxHeight } = props;
  return (
    <TableContainer sx={{ maxHeight }} tabIndex={maxHeight ? 0 : undefined}>
      <Table size="small" aria-label={label} stickyHeader={Boolean(maxHeight)}>
        <TableHead>
          <TableRow>
            {columns.map(column => (
              <NoBreakCell key={column.id} align={column.align}>
                {titleOf(column)}
              </NoBreakCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(row => (
            <TableRow
              key={rowKey(row)}
              hover={Boolean(onRowClick)}
              onClick={onRowClick && (() => onRowClick(row))}
              sx={onRowClick ? { cursor: 'pointer' } : undefined}
            >
              {columns.map((column, i) => (
                <TableCell
                  key={column.id}
                  align={column.align}
                  component={i === 0 ? 'th' : 'td'}
                  scope={i === 0 ? 'row' : undefined}
                  sx={{
                    whiteSpace: column.wrap ? undefined : 'nowrap',
                    minWidth: column.wrap ? 200 : undefined,
                  }}
                >
                  {column.render(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

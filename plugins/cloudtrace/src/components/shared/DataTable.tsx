import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import type { ReactNode } from 'react';
import type { RowSort, SortValue } from '../../lib/sortRows';

/** A column: its head and what a row shows in it. */
export interface DataColumn<TRow> {
  id: string;
  title: string;
  align?: 'right';
  /** Breaks lines; figures and times do not. */
  wrap?: boolean;
  render: (row: TRow) => ReactNode;
  /** Makes the column sortable, where the table can be sorted. */
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
  /** How the rows are sorted, and what a click on a head asks for. */
  sort?: RowSort;
  onSort?: (sort: RowSort) => void;
}) {
  const { sort, onSort } = props;
  const titleOf = (column: DataColumn<TRow>) => {
    if (!column.sortBy || !onSort) return column.title;
    const active = sort?.column === column.id;
    // Figures are of interest from the highest, names from A.
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
              <TableCell
                key={column.id}
                align={column.align}
                sx={{ whiteSpace: 'nowrap' }}
              >
                {titleOf(column)}
              </TableCell>
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
                    fontVariantNumeric: 'tabular-nums',
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

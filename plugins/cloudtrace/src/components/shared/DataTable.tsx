import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ReactNode } from 'react';

/** A column: its head and what a row shows in it. */
export interface DataColumn<TRow> {
  id: string;
  title: string;
  align?: 'right';
  /** Breaks lines; figures and times do not. */
  wrap?: boolean;
  render: (row: TRow) => ReactNode;
}

/** A plain table; the first column names the row. */
export function DataTable<TRow>(props: {
  label: string;
  columns: DataColumn<TRow>[];
  rows: TRow[];
  rowKey: (row: TRow) => string;
  onRowClick?: (row: TRow) => void;
  maxHeight?: number;
}) {
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
                {column.title}
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

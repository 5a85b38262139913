import type { ReactNode } from 'react';
import type { RowSort, SortValue } from '../../lib/sortRows';
import { DataRow } from './table/DataRow';
import { HeadCell } from './table/HeadCell';
import { TableFrame } from './table/TableFrame';
import { tableLook } from './table/tableLook';

/** A column: its heading and its content per row. */
export interface DataColumn<TRow> {
  id: string;
  /** May be empty for buttons; a table without any title has no head. */
  title: string;
  align?: 'right';
  /** Allows line breaks; figures and times do not break. */
  wrap?: boolean;
  /** The least width of a column with line breaks in pixels, 200 by default. */
  minWidth?: number;
  /** Whether this column names the row; by default the first one does. */
  rowHeader?: boolean;
  render: (row: TRow) => ReactNode;
  /** Makes the column sortable, if the table supports sorting. */
  sortBy?: (row: TRow) => SortValue;
}

/**
 * The table of all views, in the look of Backstage UI. It is an HTML table:
 * docs/decisions/backstage-tables.md says why.
 */
export function DataTable<TRow>(props: {
  label: string;
  columns: DataColumn<TRow>[];
  rows: TRow[];
  rowKey: (row: TRow) => string;
  /** For the mouse; a cell needs a button or link that does the same. */
  onRowClick?: (row: TRow) => void;
  isSelected?: (row: TRow) => boolean;
  /** In pixels; a higher table scrolls below its headings. */
  maxHeight?: number;
  /** The current order of the rows, and the order that a click on a heading requests. */
  sort?: RowSort;
  onSort?: (sort: RowSort) => void;
}) {
  const { label, columns, rows, rowKey, onRowClick, maxHeight } = props;
  const { sort, onSort, isSelected } = props;
  const named = Math.max(
    columns.findIndex(({ rowHeader }) => rowHeader),
    0,
  );
  const cellLook = tableLook('TableCell');
  return (
    <TableFrame label={label} maxHeight={maxHeight}>
      {columns.some(({ title }) => title) && (
        <thead className={tableLook('TableHeader')}>
          <tr>
            {columns.map(({ id, title, align, sortBy }) => (
              <HeadCell
                key={id}
                title={title}
                align={align}
                sorting={
                  sortBy && onSort
                    ? {
                        active: sort?.column === id,
                        descending: sort?.descending ?? false,
                        onSort: descending =>
                          onSort({ column: id, descending }),
                      }
                    : undefined
                }
              />
            ))}
          </tr>
        </thead>
      )}
      <tbody className={tableLook('TableBody')}>
        {rows.map(row => (
          <DataRow
            key={rowKey(row)}
            selected={isSelected?.(row)}
            onClick={onRowClick && (() => onRowClick(row))}
          >
            {columns.map(({ id, align, wrap, minWidth = 200, render }, i) => {
              const Cell = i === named ? 'th' : 'td';
              return (
                <Cell
                  key={id}
                  className={cellLook}
                  scope={i === named ? 'row' : undefined}
                  data-align={align}
                  data-wrap={wrap ? '' : undefined}
                  style={wrap ? { minWidth } : undefined}
                >
                  {render(row)}
                </Cell>
              );
            })}
          </DataRow>
        ))}
      </tbody>
    </TableFrame>
  );
}

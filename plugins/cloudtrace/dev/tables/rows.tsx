import Chip from '@mui/material/Chip';
import type { ReactNode } from 'react';

/** A row with as many cells as one of the page of all services. */
export interface Service {
  id: string;
  state: string;
  figures: number[];
}

/** The columns: a link, a chip and figures. */
export const COLUMNS = [
  'service',
  'state',
  'requests',
  'errors',
  'p95',
  'healthy',
  'scaling',
  'findings',
].map(id => ({ id, figure: !['service', 'state'].includes(id) }));

export type Column = (typeof COLUMNS)[number];

/** What stands in a cell, equal for all tables. */
export function cellOf(row: Service, column: Column): ReactNode {
  if (column.id === 'service') return <a href={`#${row.id}`}>{row.id}</a>;
  return column.id === 'state' ? (
    <Chip size="small" color="success" label={row.state} />
  ) : (
    row.figures[COLUMNS.indexOf(column)].toFixed(2)
  );
}

/** Rows that all differ. */
export function makeRows(count: number): Service[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `service-${i}`,
    state: 'healthy',
    figures: COLUMNS.map((_column, k) => i * 7.3 + k),
  }));
}

/** Changes one row in the middle, as a live view gets it: the others stay the same objects. */
export function withOneChange(rows: Service[]): Service[] {
  const changed = Math.floor(rows.length / 2);
  return rows.map((row, i) =>
    i === changed
      ? { ...row, figures: row.figures.map(value => value + 1) }
      : row,
  );
}

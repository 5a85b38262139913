import {
  cleanup,
  fireEvent,
  render,
  screen,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DataTable, type DataColumn } from './DataTable';
import { tableLook, type TablePart } from './table/tableLook';

interface Target {
  id: string;
  zone: string;
  changes: number;
}

const rows: Target[] = [
  { id: 'i-1', zone: 'a', changes: 3 },
  { id: 'i-2', zone: 'b', changes: 1 },
];
const onOpen = jest.fn();
const columns: DataColumn<Target>[] = [
  { id: 'zone', title: 'Zone', render: row => row.zone, sortBy: r => r.zone },
  {
    id: 'id',
    title: 'Target',
    rowHeader: true,
    render: row => <button onClick={() => onOpen(row.id)}>{row.id}</button>,
  },
  {
    id: 'changes',
    title: 'Changes',
    align: 'right',
    render: row => row.changes,
    sortBy: row => row.changes,
  },
];

function renderTable(
  props: Partial<Parameters<typeof DataTable<Target>>[0]> = {},
) {
  render(
    <DataTable
      label="Targets"
      columns={columns}
      rows={rows}
      rowKey={row => row.id}
      {...props}
    />,
  );
}

describe('DataTable', () => {
  beforeEach(() => {
    onOpen.mockClear();
    window.getSelection()?.removeAllRanges();
  });

  it('has a name, and names each row by its header', () => {
    renderTable();
    const table = screen.getByRole('table', { name: 'Targets' });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(cell => [cell.textContent, cell.getAttribute('scope')]),
    ).toEqual([
      ['i-1', 'row'],
      ['i-2', 'row'],
    ]);
  });

  it('names rows by the first column if none is marked', () => {
    renderTable({ columns: [columns[0], columns[2]] });
    expect(screen.getByRole('rowheader', { name: 'a' })).toBeInTheDocument();
  });

  it('says by which column it is sorted, and requests another order', async () => {
    const onSort = jest.fn();
    renderTable({ sort: { column: 'changes', descending: true }, onSort });
    const sortOf = (name: string) =>
      screen.getByRole('columnheader', { name }).getAttribute('aria-sort');
    expect(sortOf('Changes')).toBe('descending');
    expect(sortOf('Zone')).toBe('none');
    expect(sortOf('Target')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Changes' }));
    expect(onSort).toHaveBeenLastCalledWith({
      column: 'changes',
      descending: false,
    });
    await userEvent.click(screen.getByRole('button', { name: 'Zone' }));
    expect(onSort).toHaveBeenLastCalledWith({
      column: 'zone',
      descending: false,
    });
  });

  it('opens a row by a click, but leaves its buttons to themselves', async () => {
    const onRowClick = jest.fn();
    renderTable({ onRowClick });
    await userEvent.click(screen.getByRole('cell', { name: 'b' }));
    expect(onRowClick).toHaveBeenCalledWith(rows[1]);
    onRowClick.mockClear();
    await userEvent.click(screen.getByRole('button', { name: 'i-1' }));
    expect(onOpen).toHaveBeenCalledWith('i-1');
    expect(onRowClick).not.toHaveBeenCalled();
  });

  it('opens nothing when someone selects text of a row', () => {
    const onRowClick = jest.fn();
    renderTable({ onRowClick });
    const cell = screen.getByRole('cell', { name: 'b' });
    window.getSelection()!.selectAllChildren(cell);
    fireEvent.click(cell);
    expect(onRowClick).not.toHaveBeenCalled();
    window.getSelection()!.removeAllRanges();
    fireEvent.click(cell);
    expect(onRowClick).toHaveBeenCalledTimes(1);
  });

  it('marks the selected row', () => {
    renderTable({ isSelected: row => row.id === 'i-2' });
    expect(screen.getByRole('row', { name: /i-2/ })).toHaveAttribute(
      'aria-current',
      'true',
    );
    expect(screen.getByRole('row', { name: /i-1/ })).not.toHaveAttribute(
      'aria-current',
    );
  });

  it('has no head if no column has a title', () => {
    renderTable({ columns: columns.map(column => ({ ...column, title: '' })) });
    expect(screen.getAllByRole('row')).toHaveLength(2);
    expect(screen.queryByRole('columnheader')).not.toBeInTheDocument();
  });

  it('can be scrolled by keyboard exactly if it has too little room', () => {
    const width = jest.spyOn(Element.prototype, 'scrollWidth', 'get');
    width.mockReturnValue(600);
    renderTable();
    expect(screen.getByRole('group', { name: 'Targets' })).toHaveAttribute(
      'tabindex',
      '0',
    );
    cleanup();
    width.mockReturnValue(0);
    renderTable();
    expect(screen.queryByRole('group')).not.toBeInTheDocument();
    width.mockRestore();
  });

  it.each<TablePart>([
    'Table',
    'TableHeader',
    'TableHead',
    'TableBody',
    'TableRow',
    'TableCell',
  ])('finds the styles of Backstage UI for a %s', part => {
    expect(tableLook(part).split(' ')).toEqual([
      `bui-${part}`,
      expect.stringContaining(`bui-${part}_`),
    ]);
  });
});

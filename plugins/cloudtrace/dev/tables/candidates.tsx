import {
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import MuiTable from '@mui/material/Table';
import MuiTableBody from '@mui/material/TableBody';
import MuiTableCell from '@mui/material/TableCell';
import MuiTableContainer from '@mui/material/TableContainer';
import MuiTableHead from '@mui/material/TableHead';
import MuiTableRow from '@mui/material/TableRow';
import MuiTableSortLabel from '@mui/material/TableSortLabel';
import {
  DataTable,
  type DataColumn,
} from '../../src/components/shared/DataTable';
import { cellOf, COLUMNS, type Service } from './rows';

/** A table to measure. */
export interface CandidateProps {
  rows: Service[];
  onOpen?: () => void;
}

const unused = () => {};
const noBreak = { whiteSpace: 'nowrap' } as const;

/** CloudTrace's table. */
function Own({ rows, onOpen }: CandidateProps) {
  return (
    <DataTable
      label="Services"
      rows={rows}
      rowKey={({ id }) => id}
      onRowClick={onOpen}
      sort={{ column: 'requests', descending: true }}
      onSort={unused}
      columns={COLUMNS.map<DataColumn<Service>>(column => ({
        id: column.id,
        title: column.id,
        align: column.figure ? 'right' : undefined,
        sortBy: ({ id }) => id,
        render: row => cellOf(row, column),
      }))}
    />
  );
}

/** The table of Material UI, as CloudTrace used it before. */
function MaterialUi({ rows, onOpen }: CandidateProps) {
  const clickable = onOpen ? { cursor: 'pointer' } : undefined;
  return (
    <MuiTableContainer>
      <MuiTable size="small" aria-label="Services">
        <MuiTableHead>
          <MuiTableRow>
            {COLUMNS.map(({ id, figure }) => (
              <MuiTableCell
                key={id}
                align={figure ? 'right' : undefined}
                sx={noBreak}
              >
                <MuiTableSortLabel
                  active={id === 'requests'}
                  direction="desc"
                  onClick={unused}
                >
                  {id}
                </MuiTableSortLabel>
              </MuiTableCell>
            ))}
          </MuiTableRow>
        </MuiTableHead>
        <MuiTableBody>
          {rows.map(row => (
            <MuiTableRow
              key={row.id}
              hover={Boolean(onOpen)}
              onClick={onOpen}
              sx={clickable}
            >
              {COLUMNS.map((column, i) => (
                <MuiTableCell
                  key={column.id}
                  align={column.figure ? 'right' : undefined}
                  component={i === 0 ? 'th' : 'td'}
                  scope={i === 0 ? 'row' : undefined}
                  sx={noBreak}
                >
                  {cellOf(row, column)}
                </MuiTableCell>
              ))}
            </MuiTableRow>
          ))}
        </MuiTableBody>
      </MuiTable>
    </MuiTableContainer>
  );
}

/**
 * The table of Backstage UI in its fastest form: its cells depend on nothing
 * but their row, so that it keeps those of the other rows. In a view they depend
 * on the language and the time zone too.
 */
function BackstageUi({ rows, onOpen }: CandidateProps) {
  return (
    <TableRoot
      aria-label="Services"
      sortDescriptor={{ column: 'requests', direction: 'descending' }}
      onSortChange={unused}
    >
      <TableHeader columns={COLUMNS}>
        {({ id }) => (
          <Column id={id} isRowHeader={id === 'service'} allowsSorting>
            {id}
          </Column>
        )}
      </TableHeader>
      <TableBody items={rows}>
        {row => (
          <Row id={row.id} columns={COLUMNS} onAction={onOpen}>
            {column => <Cell style={noBreak}>{cellOf(row, column)}</Cell>}
          </Row>
        )}
      </TableBody>
    </TableRoot>
  );
}

/** The tables by name. */
export const CANDIDATES = { MaterialUi, Own, BackstageUi };

export type CandidateName = keyof typeof CANDIDATES;

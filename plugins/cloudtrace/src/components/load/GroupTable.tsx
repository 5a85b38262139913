import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TableSortLabel from '@mui/material/TableSortLabel';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type {
  LoadDistribution,
  LoadGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { Link, useSearchParams } from 'react-router-dom';
import {
  formatDateTime,
  formatExact,
  formatLatency,
  formatPercent,
  NO_VALUE,
} from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { frameParams } from '../../state/tabState';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { Sparkline } from '../charts/Sparkline';
import { Swatch } from '../charts/Swatch';
import { FlagChip } from './FlagChip';
import {
  formatSort,
  parseSort,
  sortGroups,
  type SortColumn,
} from './sortGroups';

const SORT_PARAM = 'sort';

const Cell = styled(TableCell)(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  padding: theme.spacing(0.75, 1.25),
}));

const GroupLink = styled(Link)(({ theme }) => ({
  color: 'inherit',
  textDecoration: 'none',
  '&:hover': { textDecoration: 'underline' },
  '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
}));

function SortHead(props: { column: SortColumn; align?: 'right' }) {
  const { column, align } = props;
  const t = useText();
  const [params, setParams] = useViewParams();
  const sort = parseSort(params.get(SORT_PARAM));
  const active = sort.column === column;
  const direction = sort.descending ? 'desc' : 'asc';
  const ascendingFirst = column === 'group' || column === 'zone';
  return (
    <Cell align={align} sortDirection={active ? direction : false}>
      <TableSortLabel
        active={active}
        direction={active ? direction : 'desc'}
        onClick={() =>
          setParams(
            {
              [SORT_PARAM]: formatSort({
                column,
                descending: active ? !sort.descending : !ascendingFirst,
              }),
            },
            { replace: true },
          )
        }
      >
        {t(`load.columns.${column}`)}
      </TableSortLabel>
    </Cell>
  );
}

/** Every group with its figures and what is remarkable about it. */
export function GroupTable(props: {
  data: LoadDistribution;
  colorOf: (key: string) => string;
  /** Requests per step, for the trend. */
  valuesOf: (group: LoadGroup) => Array<number | null>;
}) {
  const { data, colorOf, valuesOf } = props;
  const { groupBy, otherGroups } = data;
  const t = useText();
  const { tab } = useCloudtrace();
  const [params] = useSearchParams();
  const groups = sortGroups(data.groups, parseSort(params.get(SORT_PARAM)));
  const withZone = groupBy === 'instance';

  const requestsOf = (group: LoadGroup) => {
    const search = frameParams(params);
    search.set(
      groupBy,
      groupBy === 'route' ? group.route ?? group.key : group.key,
    );
    if (groupBy === 'route' && group.method) {
      search.set('method', group.method);
    }
    return { pathname: '../requests', search: search.toString() };
  };

  return (
    <TableContainer component={Paper} variant="outlined">
      <Table
        size="small"
        aria-label={t('load.tableTitle', { group: t(`load.by.${groupBy}`) })}
      >
        <TableHead>
          <TableRow>
            <SortHead column="group" />
            {withZone && <SortHead column="zone" />}
            <SortHead column="share" align="right" />
            <SortHead column="requests" align="right" />
            <SortHead column="errors" align="right" />
            <SortHead column="p50" align="right" />
            <SortHead column="p95" align="right" />
            <SortHead column="p99" align="right" />
            <SortHead column="since" align="right" />
            <Cell>{t('load.columns.trend')}</Cell>
          </TableRow>
        </TableHead>
        <TableBody>
          {groups.map(group => (
            <TableRow key={group.key} hover>
              <Cell component="th" scope="row">
                <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
                  <Swatch color={colorOf(group.key)} />
                  <GroupLink
                    to={requestsOf(group)}
                    title={t('load.openRequests', { name: group.label })}
                  >
                    {group.label}
                  </GroupLink>
                  {group.flags.map(flag => (
                    <FlagChip key={flag.kind} flag={flag} />
                  ))}
                </Box>
              </Cell>
              {withZone && <Cell>{group.zone || t('load.noZone')}</Cell>}
              <Cell align="right">{formatPercent(group.share)}</Cell>
              <Cell align="right">{formatExact(group.requests)}</Cell>
              <Cell
                align="right"
                sx={{ color: group.errors > 0 ? 'error.main' : undefined }}
              >
                {formatExact(group.errors)}
                {group.errors > 0 && ` (${formatPercent(group.errorRate)})`}
              </Cell>
              <Cell align="right">{formatLatency(group.latencyMs.p50)}</Cell>
              <Cell align="right">{formatLatency(group.latencyMs.p95)}</Cell>
              <Cell align="right">{formatLatency(group.latencyMs.p99)}</Cell>
              <Cell align="right">
                {group.firstSeenAt
                  ? formatDateTime(Date.parse(group.firstSeenAt), tab.timeZone)
                  : NO_VALUE}
              </Cell>
              <Cell>
                <Sparkline
                  values={valuesOf(group)}
                  color={colorOf(group.key)}
                />
              </Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {otherGroups && (
        <Typography variant="body2" color="text.secondary" sx={{ p: 1.5 }}>
          {t('load.otherGroups', {
            count: otherGroups.requests,
            groups: formatExact(otherGroups.groups),
            requests: formatExact(otherGroups.requests),
          })}
        </Typography>
      )}
    </TableContainer>
  );
}

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
import useMediaQuery from '@mui/material/useMediaQuery';
import { Link, useSearchParams } from '../../routing';
import { formatDateTime, formatExact, NO_VALUE } from '../../lib/format';
import type { SparkValue } from '../../lib/sparkPoints';
import type { ResolvedRange } from '../../lib/timeRange';
import { useCloudtrace } from '../../state/CloudtraceContext';
import type { SeriesLooks } from '../../state/useSeriesLooks';
import { useText } from '../../state/useText';
import { useViewLink } from '../../state/useViewLink';
import { useViewParams } from '../../state/useViewParams';
import { Sparkline } from '../charts/Sparkline';
import { Swatch } from '../charts/Swatch';
import { FlagChip } from './FlagChip';
import { groupFigures } from './groupFigures';
import { GroupList } from './GroupList';
import type { ShownGroup, ShownLoad } from './nameKinds';
import {
  formatSort,
  parseSort,
  sortGroups,
  type SortColumn,
} from './sortGroups';
import { Row } from '../shared/layout/Row';

const SORT_PARAM = 'sort';
const FIGURES = ['share', 'requests', 'errors', 'p50', 'p95', 'p99'] as const;

const Cell = styled(TableCell)(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  padding: theme.spacing(0.75, 1),
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

/** Every group with its figures and flags. */
export function GroupTable(props: {
  data: ShownLoad;
  lookOf: SeriesLooks['lookOf'];
  domain: ResolvedRange;
  /** Requests per step, for the trend. */
  pointsOf: (group: ShownGroup) => SparkValue[];
}) {
  const { data, lookOf, domain, pointsOf } = props;
  const { groupBy, otherGroups } = data;
  const t = useText();
  const { tab } = useCloudtrace();
  const linkTo = useViewLink();
  const [params] = useSearchParams();
  const groups = sortGroups(data.groups, parseSort(params.get(SORT_PARAM)));
  const withZone = groupBy === 'instance';
  const narrow = useMediaQuery('(max-width: 900px)');

  const requestsOf = (group: ShownGroup) => {
    const isRoute = groupBy === 'route';
    return linkTo('requests', {
      [groupBy]: (isRoute && group.route) || group.filterKey,
      method: (isRoute && group.method) || undefined,
    });
  };

  const label = t('load.tableTitle', { group: t(`load.by.${groupBy}`) });
  const nameOf = (group: ShownGroup) => (
    <Row wrap>
      <Swatch {...lookOf(group.key)} />
      <GroupLink
        to={requestsOf(group)}
        title={t('load.openRequests', { name: group.label })}
      >
        {group.label}
      </GroupLink>
      {group.flags.map(flag => (
        <FlagChip key={flag.kind} flag={flag} ofKind={group.kind} />
      ))}
    </Row>
  );
  const trendOf = (group: ShownGroup, width?: string) => (
    <Sparkline
      points={pointsOf(group)}
      domain={domain}
      stepMs={data.stepMs}
      color={lookOf(group.key).color}
      width={width}
    />
  );
  const others = otherGroups && (
    <Typography variant="body2" color="text.secondary" sx={{ p: 1.5 }}>
      {t('load.otherGroups', {
        count: otherGroups.requests,
        groups: formatExact(otherGroups.groups),
        requests: formatExact(otherGroups.requests),
      })}
    </Typography>
  );
  if (narrow) {
    return (
      <Box>
        <GroupList
          label={label}
          groups={groups}
          withZone={withZone}
          nameOf={nameOf}
          trendOf={group => trendOf(group, '100%')}
        />
        {others}
      </Box>
    );
  }
  return (
    <TableContainer component={Paper} variant="outlined">
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            <SortHead column="group" />
            {withZone && <SortHead column="zone" />}
            {FIGURES.map(column => (
              <SortHead key={column} column={column} align="right" />
            ))}
            <SortHead column="since" align="right" />
            <Cell>{t('load.columns.trend')}</Cell>
          </TableRow>
        </TableHead>
        <TableBody>
          {groups.map(group => (
            <TableRow key={group.key} hover>
              <Cell component="th" scope="row">
                {nameOf(group)}
              </Cell>
              {withZone && <Cell>{group.zone || t('load.noZone')}</Cell>}
              {groupFigures(group).map(({ column, value }) => (
                <Cell
                  key={column}
                  align="right"
                  sx={
                    column === 'errors' && group.errors > 0
                      ? { color: 'error.main' }
                      : undefined
                  }
                >
                  {value}
                </Cell>
              ))}
              <Cell align="right" sx={{ whiteSpace: 'normal', minWidth: 70 }}>
                {group.firstSeenAt
                  ? formatDateTime(Date.parse(group.firstSeenAt), tab.timeZone)
                  : NO_VALUE}
              </Cell>
              <Cell>{trendOf(group)}</Cell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {others}
    </TableContainer>
  );
}

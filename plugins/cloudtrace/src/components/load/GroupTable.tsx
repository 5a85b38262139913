import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Link } from '../../routing';
import { formatDateTime, formatExact, NO_VALUE } from '../../lib/format';
import { formatRowSort } from '../../lib/sortRows';
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
import { FIGURES, groupFigure } from './groupFigure';
import { GroupList } from './GroupList';
import type { ShownGroup, ShownLoad } from './nameKinds';
import {
  parseSort,
  sortGroups,
  sortValueOf,
  type SortColumn,
} from './sortGroups';
import { DataTable, type DataColumn } from '../shared/DataTable';
import { Surface } from '../shared/layout/Surface';
import { Row } from '../shared/layout/Row';
import { AlarmText } from '../shared/text/AlarmText';

type Column = DataColumn<ShownGroup>;

const SORT_PARAM = 'sort';

const GroupLink = styled(Link)(({ theme }) => ({
  color: 'inherit',
  textDecoration: 'none',
  '&:hover': { textDecoration: 'underline' },
  '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
}));

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
  const [params, setParams] = useViewParams();
  const sort = parseSort(params.get(SORT_PARAM));
  const groups = sortGroups(data.groups, sort);
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
  const sortable = (column: SortColumn): Omit<Column, 'render'> => ({
    id: column,
    title: t(`load.columns.${column}`),
    sortBy: group => sortValueOf(group, column),
  });
  const columns: Column[] = [
    { ...sortable('group'), render: nameOf },
    ...(withZone
      ? [
          {
            ...sortable('zone'),
            render: ({ zone }: ShownGroup) => zone || t('load.noZone'),
          },
        ]
      : []),
    ...FIGURES.map<Column>(column => ({
      ...sortable(column),
      align: 'right',
      render: group => (
        <AlarmText failed={column === 'errors' && group.errors > 0}>
          {groupFigure(group, column)}
        </AlarmText>
      ),
    })),
    {
      ...sortable('since'),
      align: 'right',
      wrap: true,
      minWidth: 70,
      render: ({ firstSeenAt }) =>
        firstSeenAt
          ? formatDateTime(Date.parse(firstSeenAt), tab.timeZone)
          : NO_VALUE,
    },
    {
      id: 'trend',
      title: t('load.columns.trend'),
      render: group => trendOf(group),
    },
  ];
  return (
    <Surface padding={0}>
      <DataTable
        label={label}
        rows={groups}
        rowKey={({ key }) => key}
        columns={columns}
        sort={sort}
        onSort={next =>
          setParams({ [SORT_PARAM]: formatRowSort(next) }, { replace: true })
        }
      />
      {others}
    </Surface>
  );
}

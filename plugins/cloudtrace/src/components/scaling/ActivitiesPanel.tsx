import { Button } from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type {
  FleetNotice,
  ScalingActivityRecord,
  ScalingGroup,
} from '@cloudtrace/plugin-cloudtrace-common';
import { cloudtraceApiRef } from '../../api/CloudtraceApi';
import { formatDateTime, formatSeconds, NO_VALUE } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useLiveQuery } from '../../state/useLiveQuery';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { DataTable } from '../shared/DataTable';
import { Panel } from '../shared/Panel';
import { QueryStates } from '../states/QueryStates';
import { NotKnown, problemOf } from './NotKnown';
import { SmallChip } from '../shared/SmallChip';
import { Row } from '../shared/layout/Row';
import { SmallPrint } from '../shared/text/SmallPrint';
import { Quote } from '../shared/text/Quote';
import { AlarmText } from '../shared/text/AlarmText';
import { Banner } from '../shared/Banner';

const PAGE_SIZE = 25;
const FAILED_SHOWN = 3;
const STATUS_COLORS = {
  'in-progress': 'info',
  successful: 'success',
  failed: 'error',
  cancelled: 'default',
  unknown: 'default',
} as const;

function changeOf(activity: ScalingActivityRecord): string {
  const { fromCapacity, toCapacity, instanceIds } = activity;
  const size =
    fromCapacity !== undefined && toCapacity !== undefined
      ? `${fromCapacity} → ${toCapacity}`
      : '';
  return [size, instanceIds.slice(0, 3).join(', ')].filter(Boolean).join(' · ');
}

function Cause(props: { activity: ScalingActivityRecord }) {
  const { cause, description, message, nextStep, summary } = props.activity;
  const t = useText();
  const said = useSaid();
  return (
    <Box title={cause}>
      {!props.activity.coded?.summary &&
      [cause, description].includes(summary) ? (
        <Quote>{summary}</Quote>
      ) : (
        said(props.activity, 'summary')
      )}
      {message && (
        <AlarmText as="div" failed>
          <Quote>{message}</Quote>
        </AlarmText>
      )}
      {nextStep && (
        <Box>
          {t('fleet.nextStep', { text: said(props.activity, 'nextStep') })}
        </Box>
      )}
    </Box>
  );
}

/** Lists the groups whose activities could never be read, with the reason. */
function UnreadGroups(props: {
  groups: ScalingGroup[];
  notices: FleetNotice[];
}) {
  const t = useText();
  return (
    <>
      {props.groups
        .filter(({ activities }) => !activities)
        .map(({ resource }) => (
          <Box key={resource.id}>
            <Typography variant="body2">
              {t('scaling.activitiesOf', {
                name: resource.name,
                value: NO_VALUE,
              })}
            </Typography>
            <NotKnown
              problem={problemOf(props.notices, resource.id, /activit/i)}
            />
          </Box>
        ))}
    </>
  );
}

/** Activities with their cause in words, failed ones first. */
export function ActivitiesPanel(props: {
  groups: ScalingGroup[];
  notices: FleetNotice[];
}) {
  const { groups } = props;
  const noneRead =
    groups.length > 0 && groups.every(({ activities }) => !activities);
  const t = useText();
  const api = useApi(cloudtraceApiRef);
  const { entityRef, tab } = useCloudtrace();
  const [params, setParams] = useViewParams();
  const cursor = params.get('activities') ?? undefined;
  const page = useLiveQuery({
    name: 'scaling-activities',
    kinds: ['fleet'],
    parameters: cursor,
    read: (range, signal) =>
      api.listScalingActivities(
        entityRef,
        { ...range, cursor, limit: PAGE_SIZE },
        { signal },
      ),
  });
  const failed = useLiveQuery({
    name: 'scaling-activities-failed',
    kinds: ['fleet'],
    read: (range, signal) =>
      api.listScalingActivities(
        entityRef,
        { ...range, status: ['failed'], limit: FAILED_SHOWN },
        { signal },
      ),
  });
  const time = (value: string) =>
    formatDateTime(Date.parse(value), tab.timeZone);
  return (
    <Panel title={t('scaling.activities')}>
      <QueryStates
        query={page}
        what={t('scaling.activities')}
        permission="cloudtrace.fleet.read"
      >
        {data => (
          <>
            {failed.data?.items.map(activity => (
              <Banner status="danger" key={activity.activityId}>
                {time(activity.startedAt)} · {activity.resourceName}:{' '}
                <Cause activity={activity} />
              </Banner>
            ))}
            <UnreadGroups {...props} />
            {data.items.length === 0 && !noneRead && (
              <Typography variant="body2" color="text.secondary">
                {t('scaling.activitiesNone')}
              </Typography>
            )}
            {data.items.length > 0 && (
              <DataTable
                label={t('scaling.activities')}
                rows={data.items}
                rowKey={row => `${row.resourceId}/${row.activityId}`}
                columns={[
                  {
                    id: 'startedAt',
                    title: t('scaling.columns.startedAt'),
                    render: row => time(row.startedAt),
                  },
                  {
                    id: 'change',
                    title: t('scaling.columns.change'),
                    render: row => (
                      <>
                        {t(`scaling.kinds.${row.kind}`)}
                        <SmallPrint>{changeOf(row)}</SmallPrint>
                      </>
                    ),
                  },
                  {
                    id: 'cause',
                    title: t('scaling.columns.cause'),
                    wrap: true,
                    render: row => <Cause activity={row} />,
                  },
                  {
                    id: 'group',
                    title: t('scaling.columns.group'),
                    render: row => row.resourceName,
                  },
                  {
                    id: 'duration',
                    title: t('scaling.columns.duration'),
                    align: 'right',
                    render: row => formatSeconds(row.durationMs),
                  },
                  {
                    id: 'status',
                    title: t('scaling.columns.status'),
                    render: row => (
                      <SmallChip
                        variant="outlined"
                        color={STATUS_COLORS[row.status]}
                        label={
                          row.status === 'unknown' && row.vendorStatus
                            ? row.vendorStatus
                            : t(`scaling.status.${row.status}`)
                        }
                      />
                    ),
                  },
                ]}
              />
            )}
            {(cursor || data.nextCursor) && (
              <Row justify="flex-end">
                <Button
                  variant="tertiary"
                  isDisabled={!cursor}
                  onPress={() => setParams({ activities: undefined })}
                >
                  {t('requests.firstPage')}
                </Button>
                <Button
                  variant="tertiary"
                  isDisabled={!data.nextCursor}
                  onPress={() => setParams({ activities: data.nextCursor })}
                >
                  {t('requests.nextPage')}
                </Button>
              </Row>
            )}
          </>
        )}
      </QueryStates>
    </Panel>
  );
}

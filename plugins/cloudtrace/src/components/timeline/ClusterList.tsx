import { Button } from '@backstage/ui';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import type { EventCluster } from './clusterEvents';
import { EVENT_ICONS, SEVERITY_COLORS } from './eventLook';
import { Spacer } from '../shared/layout/Spacer';

const Frame = styled('div')(({ theme }) => ({
  padding: theme.spacing(1.5),
  maxWidth: 480,
}));

const Events = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  maxHeight: 320,
  overflowY: 'auto',
});

const EventItem = styled('li')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1),
  alignItems: 'center',
  paddingTop: theme.spacing(0.25),
  paddingBottom: theme.spacing(0.25),
}));

const Time = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  whiteSpace: 'nowrap',
}));

/** The events of a cluster in chronological order. */
export function ClusterList(props: {
  cluster: EventCluster;
  onZoom: (fromMs: number, toMs: number) => void;
}) {
  const { cluster, onZoom } = props;
  const t = useText();
  const said = useSaid();
  const { tab } = useCloudtrace();
  return (
    <Frame>
      <Events tabIndex={0}>
        {cluster.events.map(event => {
          const Icon = EVENT_ICONS[event.kind];
          const atMs = Date.parse(event.at);
          return (
            <EventItem key={event.id}>
              <Icon
                titleAccess={t(`timeline.kinds.${event.kind}`)}
                sx={{ fontSize: 16, color: SEVERITY_COLORS[event.severity] }}
              />
              <Spacer>
                <Typography variant="body2">
                  <Time>{formatDateTime(atMs, tab.timeZone)}</Time>{' '}
                  {said(event, 'title')}
                </Typography>
              </Spacer>
            </EventItem>
          );
        })}
      </Events>
      <Button
        variant="tertiary"
        onPress={() => onZoom(cluster.fromMs, cluster.toMs)}
      >
        {t('timeline.zoomAll')}
      </Button>
    </Frame>
  );
}

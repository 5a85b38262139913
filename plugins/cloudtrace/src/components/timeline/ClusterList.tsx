import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import type { EventCluster } from './clusterEvents';
import { EVENT_ICONS, SEVERITY_COLORS } from './eventLook';

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
    <Box sx={{ p: 1.5, maxWidth: 480 }}>
      <Box
        component="ol"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          maxHeight: 320,
          overflowY: 'auto',
        }}
        tabIndex={0}
      >
        {cluster.events.map(event => {
          const Icon = EVENT_ICONS[event.kind];
          const atMs = Date.parse(event.at);
          return (
            <Box
              component="li"
              key={event.id}
              sx={{ display: 'flex', gap: 1, alignItems: 'center', py: 0.25 }}
            >
              <Icon
                titleAccess={t(`timeline.kinds.${event.kind}`)}
                sx={{ fontSize: 16, color: SEVERITY_COLORS[event.severity] }}
              />
              <Typography variant="body2" sx={{ flexGrow: 1 }}>
                <Box
                  component="span"
                  sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}
                >
                  {formatDateTime(atMs, tab.timeZone)}
                </Box>{' '}
                {said(event, 'title')}
              </Typography>
            </Box>
          );
        })}
      </Box>
      <Button
        size="small"
        onClick={() => onZoom(cluster.fromMs, cluster.toMs)}
        sx={{ mt: 1 }}
      >
        {t('timeline.zoomAll')}
      </Button>
    </Box>
  );
}

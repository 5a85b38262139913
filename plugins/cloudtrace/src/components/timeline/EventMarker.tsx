import ButtonBase from '@mui/material/ButtonBase';
import Popover from '@mui/material/Popover';
import Tooltip from '@mui/material/Tooltip';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useSaid } from '../../state/useJudgementText';
import { useText } from '../../state/useText';
import { ClusterList } from './ClusterList';
import type { EventCluster } from './clusterEvents';
import { EVENT_ICONS, SEVERITY_COLORS } from './eventLook';

/** Time shown before and after an event when zooming to it. */
const MARGIN_MS = 5 * 60_000;

const Count = styled('span')(({ theme }) => ({
  position: 'absolute',
  top: -4,
  left: 12,
  minWidth: 14,
  paddingLeft: '3px',
  paddingRight: '3px',
  borderRadius: theme.shape.borderRadius * 7,
  backgroundColor: theme.palette.text.primary,
  color: theme.palette.background.paper,
  fontSize: 10,
  lineHeight: '14px',
  fontVariantNumeric: 'tabular-nums',
}));

/**
 * A marker for one event, or for several events that are too close to draw
 * separately, with their number. A click zooms to a single event, or opens the
 * list of several.
 */
export function EventMarker(props: { cluster: EventCluster }) {
  const { cluster } = props;
  const { events, worst, position } = cluster;
  const t = useText();
  const said = useSaid();
  const { tab } = useCloudtrace();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const Icon = EVENT_ICONS[worst.kind];
  const several = events.length > 1;
  const time = formatDateTime(cluster.fromMs, tab.timeZone);
  const label = several
    ? t('timeline.several', {
        number: String(events.length),
        title: said(worst, 'title'),
      })
    : `${t(`timeline.kinds.${worst.kind}`)}: ${said(worst, 'title')}`;
  const zoom = (fromMs: number, toMs: number) => {
    setAnchor(undefined);
    tab.zoomTo(fromMs - MARGIN_MS, toMs + MARGIN_MS);
  };
  return (
    <>
      <Tooltip title={`${time} ${label}`}>
        <ButtonBase
          aria-label={label}
          aria-haspopup={several ? 'dialog' : undefined}
          onClick={event =>
            several
              ? setAnchor(event.currentTarget)
              : zoom(cluster.fromMs, cluster.toMs)
          }
          sx={{
            position: 'absolute',
            left: `${position * 100}%`,
            transform: 'translateX(-50%)',
            top: 3,
            width: 20,
            height: 20,
            borderRadius: '50%',
            bgcolor: 'background.paper',
            border: 1,
            borderColor: SEVERITY_COLORS[worst.severity],
            color: SEVERITY_COLORS[worst.severity],
            '&:focus-visible': { outline: 2, outlineColor: 'primary.main' },
          }}
        >
          <Icon sx={{ fontSize: 13 }} />
          {several && <Count>{events.length}</Count>}
        </ButtonBase>
      </Tooltip>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        transformOrigin={{ vertical: 'top', horizontal: 'center' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': label } }}
      >
        <ClusterList cluster={cluster} onZoom={zoom} />
      </Popover>
    </>
  );
}

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Tooltip from '@mui/material/Tooltip';
import useMediaQuery from '@mui/material/useMediaQuery';
import { formatDateTime } from '../../lib/format';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { DragZoom } from '../charts/DragZoom';
import { CARD_INSET_PX, PLOT_RIGHT_PX, useGutter } from '../charts/useGutter';
import { clusterEvents, type EventCluster } from './clusterEvents';
import { EVENT_ICONS, SEVERITY_COLORS } from './eventLook';
import { useTimeline } from './useTimeline';

/** Places for icons on the strip; each is at least as wide as an icon. */
const SLOTS = { wide: 40, narrow: 10 };
const TOOLTIP_LINES = 6;
/** Time shown before and after an event when zooming to it. */
const MARGIN_MS = 5 * 60_000;

/**
 * Everything that happened, on the time axis of the charts below: cause and
 * effect line up.
 */
export function EventStrip() {
  const t = useText();
  const { tab } = useCloudtrace();
  const gutter = useGutter();
  const narrow = useMediaQuery('(max-width: 760px)');
  const { data } = useTimeline();
  const domain = data && {
    fromMs: Date.parse(data.from),
    toMs: Date.parse(data.to),
  };
  const clusters = domain
    ? clusterEvents(data.items, domain, narrow ? SLOTS.narrow : SLOTS.wide)
    : [];

  const describe = ({ events, worst }: EventCluster) =>
    events.length === 1
      ? `${t(`timeline.kinds.${worst.kind}`)}: ${worst.title}`
      : t('timeline.several', {
          number: String(events.length),
          title: worst.title,
        });

  return (
    <Box
      component="section"
      aria-label={t('timeline.strip')}
      sx={{
        pl: `${CARD_INSET_PX + gutter}px`,
        pr: `${CARD_INSET_PX + PLOT_RIGHT_PX}px`,
      }}
    >
      {domain ? (
        <DragZoom domain={domain}>
          <Box
            sx={{
              position: 'relative',
              height: 26,
              '&::before': {
                content: '""',
                position: 'absolute',
                left: 0,
                right: 0,
                top: 13,
                borderTop: 1,
                borderColor: 'divider',
              },
            }}
          >
            {clusters.length === 0 && (
              <Box
                sx={{
                  position: 'absolute',
                  left: 0,
                  top: 4,
                  pr: 1,
                  fontSize: 12,
                  color: 'text.secondary',
                  bgcolor: 'background.default',
                }}
              >
                {t('timeline.none')}
              </Box>
            )}
            {clusters.map(cluster => {
              const Icon = EVENT_ICONS[cluster.worst.kind];
              return (
                <Tooltip
                  key={cluster.worst.id}
                  title={
                    <Box component="ul" sx={{ m: 0, pl: 2 }}>
                      {cluster.events.slice(0, TOOLTIP_LINES).map(event => (
                        <li key={event.id}>
                          {formatDateTime(Date.parse(event.at), tab.timeZone)}{' '}
                          {event.title}
                        </li>
                      ))}
                      {cluster.events.length > TOOLTIP_LINES && (
                        <li>+{cluster.events.length - TOOLTIP_LINES}</li>
                      )}
                    </Box>
                  }
                >
                  <ButtonBase
                    aria-label={describe(cluster)}
                    onClick={() =>
                      tab.zoomTo(
                        cluster.fromMs - MARGIN_MS,
                        cluster.toMs + MARGIN_MS,
                      )
                    }
                    sx={{
                      position: 'absolute',
                      left: `${cluster.position * 100}%`,
                      transform: 'translateX(-50%)',
                      top: 3,
                      width: 20,
                      height: 20,
                      borderRadius: '50%',
                      bgcolor: 'background.paper',
                      border: 1,
                      borderColor: SEVERITY_COLORS[cluster.worst.severity],
                      color: SEVERITY_COLORS[cluster.worst.severity],
                      '&:focus-visible': {
                        outline: 2,
                        outlineColor: 'primary.main',
                      },
                    }}
                  >
                    <Icon sx={{ fontSize: 13 }} />
                  </ButtonBase>
                </Tooltip>
              );
            })}
          </Box>
        </DragZoom>
      ) : (
        <Box sx={{ height: 26 }} />
      )}
    </Box>
  );
}

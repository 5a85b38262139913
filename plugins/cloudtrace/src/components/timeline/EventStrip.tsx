import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useText } from '../../state/useText';
import { DragZoom } from '../charts/DragZoom';
import { CARD_INSET_PX, PLOT_RIGHT_PX, useGutter } from '../charts/useGutter';
import { clusterEvents } from './clusterEvents';
import { EventMarker } from './EventMarker';
import { useTimeline } from './useTimeline';

/** Slots for icons on the strip; each is at least as wide as an icon. */
const SLOTS = { wide: 40, narrow: 10 };

/**
 * All events on the time axis of the charts below, so that cause and effect
 * line up.
 */
export function EventStrip() {
  const t = useText();
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
            {clusters.map(cluster => (
              <EventMarker key={cluster.events[0].id} cluster={cluster} />
            ))}
          </Box>
        </DragZoom>
      ) : (
        <Box sx={{ height: 26 }} />
      )}
    </Box>
  );
}

import useMediaQuery from '@mui/material/useMediaQuery';
import { styled } from '@mui/material/styles';
import { useText } from '../../state/useText';
import { DragZoom } from '../charts/DragZoom';
import { CARD_INSET_PX, PLOT_RIGHT_PX, useGutter } from '../charts/useGutter';
import { clusterEvents } from './clusterEvents';
import { EventMarker } from './EventMarker';
import { useTimeline } from './useTimeline';

/** Slots for icons on the strip; each is at least as wide as an icon. */
const SLOTS = { wide: 40, narrow: 10 };

const Line = styled('div')(({ theme }) => ({
  position: 'relative',
  height: 26,
  '&::before': {
    content: '""',
    position: 'absolute',
    left: 0,
    right: 0,
    top: 13,
    borderTop: '1px solid',
    borderColor: theme.palette.divider,
  },
}));

const Remark = styled('div')(({ theme }) => ({
  position: 'absolute',
  left: 0,
  top: 4,
  paddingRight: theme.spacing(1),
  fontSize: 12,
  color: theme.palette.text.secondary,
  backgroundColor: theme.palette.background.default,
}));

const Placeholder = styled('div')({ height: 26 });

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
    <section
      aria-label={t('timeline.strip')}
      style={{
        paddingLeft: CARD_INSET_PX + gutter,
        paddingRight: CARD_INSET_PX + PLOT_RIGHT_PX,
      }}
    >
      {domain ? (
        <DragZoom domain={domain}>
          <Line>
            {clusters.length === 0 && <Remark>{t('timeline.none')}</Remark>}
            {clusters.map(cluster => (
              <EventMarker key={cluster.events[0].id} cluster={cluster} />
            ))}
          </Line>
        </DragZoom>
      ) : (
        <Placeholder />
      )}
    </section>
  );
}

import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import { formatClock, formatDuration } from '../../lib/format';
import { isPast } from '../../lib/timeRange';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useFreshness } from '../../state/useFreshness';
import { useNow } from '../../state/useNow';
import { useText } from '../../state/useText';

const Frame = styled('div')({
  display: 'flex',
  alignItems: 'center',
  whiteSpace: 'nowrap',
});

const SwitchLabel = styled(FormControlLabel)(({ theme }) => ({
  marginRight: theme.spacing(1),
  marginLeft: 0,
}));

const Age = styled(Typography)({
  fontVariantNumeric: 'tabular-nums',
  minWidth: '11.5em',
});

/** Switches live updates, and shows how old the data on screen is. */
export function LiveSwitch() {
  const t = useText();
  const { tab } = useCloudtrace();
  const { readAtMs } = useFreshness();
  const now = useNow();
  const fixed = isPast(tab.range, now);
  const hint = tab.live ? t('frame.liveOn') : t('frame.liveOff');
  return (
    <Frame>
      <Tooltip title={fixed ? t('frame.liveFixed') : hint}>
        <SwitchLabel
          control={
            <Switch
              size="small"
              checked={tab.live}
              disabled={fixed}
              onChange={event => tab.change({ live: event.target.checked })}
            />
          }
          label={t('frame.live')}
        />
      </Tooltip>
      <Age variant="body2" color="text.secondary">
        {readAtMs > 0 &&
          t('frame.asOf', {
            time: formatClock(readAtMs, tab.timeZone),
            // The clock ticks in steps and can be behind the time of a
            // response.
            age: formatDuration(Math.max(now - readAtMs, 1_000)),
          })}
      </Age>
    </Frame>
  );
}

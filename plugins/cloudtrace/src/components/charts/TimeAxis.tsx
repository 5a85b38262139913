import { styled } from '@mui/material/styles';
import { formatTick } from '../../lib/format';
import type { ResolvedRange } from '../../lib/timeRange';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useTimeTicks } from './useTimeTicks';

const Axis = styled('div')(({ theme }) => ({
  position: 'relative',
  height: 24,
  borderTop: '1px solid',
  borderColor: theme.palette.text.primary,
}));

const Tick = styled('div')(({ theme }) => ({
  position: 'absolute',
  transform: 'translateX(-50%)',
  paddingTop: '8px',
  fontSize: 12,
  lineHeight: 1,
  whiteSpace: 'nowrap',
  fontVariantNumeric: 'tabular-nums',
  '&::before': {
    content: '""',
    position: 'absolute',
    top: 0,
    left: '50%',
    height: 6,
    borderLeft: '1px solid',
    borderColor: theme.palette.text.primary,
  },
}));

/** The time axis for elements that the chart library does not draw, with the same ticks. */
export function TimeAxis(props: { domain: ResolvedRange }) {
  const { fromMs, toMs } = props.domain;
  const timeZone = useTimeZone();
  const ticks = useTimeTicks(props.domain);
  return (
    <Axis aria-hidden>
      {ticks.map(ms => (
        <Tick
          key={ms}
          style={{ left: `${((ms - fromMs) / (toMs - fromMs)) * 100}%` }}
        >
          {formatTick(ms, toMs - fromMs, timeZone)}
        </Tick>
      ))}
    </Axis>
  );
}

import Box from '@mui/material/Box';
import { formatTick } from '../../lib/format';
import type { ResolvedRange } from '../../lib/timeRange';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useTimeTicks } from './useTimeTicks';

/** The time axis for elements that the chart library does not draw, with the same ticks. */
export function TimeAxis(props: { domain: ResolvedRange }) {
  const { fromMs, toMs } = props.domain;
  const timeZone = useTimeZone();
  const ticks = useTimeTicks(props.domain);
  return (
    <Box
      aria-hidden
      sx={{
        position: 'relative',
        height: 24,
        borderTop: 1,
        borderColor: 'text.primary',
      }}
    >
      {ticks.map(ms => (
        <Box
          key={ms}
          sx={{
            position: 'absolute',
            left: `${((ms - fromMs) / (toMs - fromMs)) * 100}%`,
            transform: 'translateX(-50%)',
            pt: '8px',
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
              borderLeft: 1,
              borderColor: 'text.primary',
            },
          }}
        >
          {formatTick(ms, toMs - fromMs, timeZone)}
        </Box>
      ))}
    </Box>
  );
}

import useMediaQuery from '@mui/material/useMediaQuery';
import { useMemo } from 'react';
import type { ResolvedRange } from '../../lib/timeRange';
import { timeTicks } from '../../lib/timeTicks';
import { useTimeZone } from '../../state/CloudtraceContext';

const MOST = { wide: 8, narrow: 3 };

/** The times that all time axes on a page mark. */
export function useTimeTicks(domain: ResolvedRange): number[] {
  const { fromMs, toMs } = domain;
  const narrow = useMediaQuery('(max-width: 760px)');
  const timeZone = useTimeZone();
  return useMemo(
    () =>
      timeTicks({ fromMs, toMs }, timeZone, narrow ? MOST.narrow : MOST.wide),
    [fromMs, toMs, timeZone, narrow],
  );
}

import { useMemo } from 'react';
import { formatDateTime, formatTick } from '../../lib/format';
import { useTimeZone } from '../../state/CloudtraceContext';
import { useTimeTicks } from './useTimeTicks';

/** The axis of times of a chart, with ticks in the viewer's time zone. */
export function useTimeAxis(
  timesMs: number[],
  domain: { fromMs: number; toMs: number },
) {
  const timeZone = useTimeZone();
  const ticks = useTimeTicks(domain);
  const durationMs = domain.toMs - domain.fromMs;
  return useMemo(
    () => [
      {
        data: timesMs,
        scaleType: 'time' as const,
        min: domain.fromMs,
        max: domain.toMs,
        height: 24,
        tickInterval: ticks,
        valueFormatter: (value: Date | number, context: { location: string }) =>
          context.location === 'tooltip'
            ? formatDateTime(Number(value), timeZone)
            : formatTick(Number(value), durationMs, timeZone),
      },
    ],
    [timesMs, domain.fromMs, domain.toMs, ticks, durationMs, timeZone],
  );
}

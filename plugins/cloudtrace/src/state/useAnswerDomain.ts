import { useMemo } from 'react';
import { resolveRange, type ResolvedRange } from '../lib/timeRange';
import { useCloudtrace } from './CloudtraceContext';

/**
 * Returns the time axis of a response whose ends are rounded to whole steps:
 * only the selected part of it, so that it lines up with the event strip and
 * with charts whose responses are not rounded.
 */
export function useAnswerDomain(answer: {
  /** ISO 8601, UTC. */
  from: string;
  to: string;
}): ResolvedRange {
  const { range } = useCloudtrace().tab;
  return useMemo(() => {
    const fromMs = Date.parse(answer.from);
    const toMs = Date.parse(answer.to);
    const chosen = resolveRange(range, Math.min(toMs, Date.now()));
    const domain = {
      fromMs: Math.max(fromMs, chosen.fromMs),
      toMs: Math.min(toMs, chosen.toMs),
    };
    // While another range loads, the response is still that of the previous
    // range.
    return domain.fromMs < domain.toMs ? domain : { fromMs, toMs };
  }, [answer, range]);
}

import { useMemo } from 'react';
import { resolveRange, type ResolvedRange } from '../lib/timeRange';
import { useCloudtrace } from './CloudtraceContext';

/**
 * The time axis of an answer whose ends are rounded to whole steps: the part of
 * it that was chosen, so that it lines up with the strip of events and with
 * charts whose answers are not rounded.
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
    // While another range loads, the answer is still that of the range before.
    return domain.fromMs < domain.toMs ? domain : { fromMs, toMs };
  }, [answer, range]);
}

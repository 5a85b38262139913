import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact, formatLatency, formatPercent } from '../../lib/format';

/** Returns the figures of a group as text, in the order of the table. */
export function groupFigures(group: LoadGroup) {
  const { latencyMs, errors, errorRate } = group;
  const rate = errors > 0 ? ` (${formatPercent(errorRate)})` : '';
  return [
    { column: 'share', value: formatPercent(group.share) },
    { column: 'requests', value: formatExact(group.requests) },
    { column: 'errors', value: `${formatExact(errors)}${rate}` },
    { column: 'p50', value: formatLatency(latencyMs.p50) },
    { column: 'p95', value: formatLatency(latencyMs.p95) },
    { column: 'p99', value: formatLatency(latencyMs.p99) },
  ] as const;
}

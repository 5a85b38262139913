import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import { formatExact, formatLatency, formatPercent } from '../../lib/format';

/** The figures of a group, in the order of the table. */
export const FIGURES = [
  'share',
  'requests',
  'errors',
  'p50',
  'p95',
  'p99',
] as const;

/** Returns a figure of a group as text. */
export function groupFigure(
  group: LoadGroup,
  figure: (typeof FIGURES)[number],
): string {
  const { share, requests, errors, errorRate, latencyMs } = group;
  switch (figure) {
    case 'share':
      return formatPercent(share);
    case 'requests':
      return formatExact(requests);
    case 'errors':
      return errors > 0
        ? `${formatExact(errors)} (${formatPercent(errorRate)})`
        : formatExact(errors);
    default:
      return formatLatency(latencyMs[figure]);
  }
}

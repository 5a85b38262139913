import {
  ERROR_RATE_LIMITS,
  type LoadDistribution,
} from '@cloudtrace/plugin-cloudtrace-common';
import { formatCount, formatLatency, formatPercent } from '../../lib/format';
import { useComparison } from '../../state/useComparison';
import { useText } from '../../state/useText';
import { Figure, FigureRow } from '../shared/Figure';

/** The four key figures of the range, compared with the baseline. */
export function LoadFigures(props: { data: LoadDistribution }) {
  const { totals, previous } = props.data;
  const t = useText();
  const before = previous?.totals;
  const compare = useComparison();
  return (
    <FigureRow>
      <Figure
        label={t('load.requestRate')}
        value={`${formatCount(totals.requestsPerSecond)}\u202freq/s`}
        detail={compare(totals.requestsPerSecond, before?.requestsPerSecond)}
      />
      <Figure
        label={t('load.requests')}
        value={formatCount(totals.requests)}
        detail={compare(totals.requests, before?.requests)}
      />
      <Figure
        label={t('load.errorRate')}
        value={formatPercent(totals.errorRate)}
        tone={
          (totals.errorRate ?? 0) >= ERROR_RATE_LIMITS.warning
            ? 'bad'
            : 'normal'
        }
        detail={compare(totals.errorRate, before?.errorRate)}
      />
      <Figure
        label={t('load.p95')}
        value={formatLatency(totals.latencyMs.p95)}
        detail={compare(totals.latencyMs.p95, before?.latencyMs.p95)}
      />
    </FigureRow>
  );
}

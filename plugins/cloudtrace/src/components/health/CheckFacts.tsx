import type { HealthCheck } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { formatDuration, formatLatency } from '../../lib/format';
import { useText } from '../../state/useText';
import { Facts } from '../shared/Facts';

/** The settings of a health check, and how long a failure takes to show. */
export function CheckFacts(props: { check: HealthCheck }) {
  const { check } = props;
  const t = useText();
  const request = [
    check.protocol,
    check.path,
    check.port && `:${check.port}`,
  ].filter(Boolean);
  const items: Array<[string, ReactNode]> = [
    [t('health.checkProtocol'), request.join(' ')],
    [t('health.checkInterval'), formatLatency(check.intervalMs)],
    [t('health.checkTimeout'), formatLatency(check.timeoutMs)],
    [
      t('health.checkHealthy'),
      t('health.checkInRow', { number: String(check.healthyThreshold) }),
    ],
    [
      t('health.checkUnhealthy'),
      check.unhealthyAfterMs
        ? t('health.checkInRowTime', {
            number: String(check.unhealthyThreshold),
            time: formatDuration(check.unhealthyAfterMs),
          })
        : t('health.checkInRow', { number: String(check.unhealthyThreshold) }),
    ],
  ];
  if (check.matcher) {
    items.push([t('health.checkMatcher'), check.matcher]);
  }
  return <Facts items={items} />;
}

import type { HealthCheck } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { formatDuration, formatLatency } from '../../lib/format';
import { useText, type Text } from '../../state/useText';
import { Facts } from '../shared/Facts';

/** A check's port can be the one of each target's requests. */
function requestOf({ protocol, path, port }: HealthCheck, t: Text): string {
  const request = [protocol, path].filter(Boolean).join(' ');
  if (!port) return request;
  return /^traffic[- ]port$/.test(port)
    ? t('health.checkOnTrafficPort', { request })
    : t('health.checkOnPort', { request, port });
}

/** The settings of a health check, and how long a failure takes to show. */
export function CheckFacts(props: { check: HealthCheck }) {
  const { check } = props;
  const t = useText();
  const items: Array<[string, ReactNode]> = [
    [t('health.checkProtocol'), requestOf(check, t)],
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

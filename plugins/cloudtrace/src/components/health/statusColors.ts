import type { HealthStatus } from '@cloudtrace/plugin-cloudtrace-common';

/** Colours of the status of groups and zones. */
export const STATUS_COLORS: Record<HealthStatus, string> = {
  healthy: 'success.main',
  degraded: 'warning.main',
  down: 'error.main',
  unknown: 'text.secondary',
  empty: 'text.secondary',
};

import type { FleetService } from '@cloudtrace/plugin-cloudtrace-common';

/** What is known of a service at the moment; absent parts are unknown or hidden. */
export interface ServiceState {
  recent?: { requests: number; errors: number };
  targets?: { healthy: number; unhealthy: number; total: number };
  atMax?: boolean;
  /** What fails over right now. */
  failovers: string[];
  hasData: boolean;
}

/** Fewest requests from which an error rate says something. */
const minRequests = 20;

/** How urgently a service needs somebody, and why. Pure. */
export function judgeService(
  state: ServiceState,
): Pick<FleetService, 'severity' | 'reasons'> & { score: number } {
  const critical: string[] = [];
  const warning: string[] = [];
  for (const title of state.failovers) critical.push(`${title} goes on`);
  const { targets, recent } = state;
  if (targets && targets.unhealthy > 0) {
    const text = `${targets.unhealthy} of ${targets.total} targets are unhealthy`;
    (targets.healthy === 0 ? critical : warning).push(text);
  }
  const rate =
    recent && recent.requests > 0 ? recent.errors / recent.requests : 0;
  if (recent && recent.requests >= minRequests && rate >= 0.01) {
    const text = `${(rate * 100).toFixed(
      rate < 0.1 ? 1 : 0,
    )} % of the requests of the last 15 minutes failed`;
    (rate >= 0.05 ? critical : warning).push(text);
  }
  if (state.atMax) warning.push('It is at its largest size and cannot grow');
  const severity =
    (critical.length > 0 && 'critical') ||
    (warning.length > 0 && 'warning') ||
    (state.hasData ? 'ok' : 'no-data');
  const base = { critical: 3_000, warning: 2_000, ok: 1_000, 'no-data': 0 };
  return {
    severity,
    reasons: [...critical, ...warning],
    // Within a severity: more reasons first, then more failing requests.
    score:
      base[severity] +
      10 * critical.length +
      warning.length +
      Math.min(rate, 0.99),
  };
}

import type { TargetState } from '@cloudtrace/plugin-cloudtrace-common';

/** Health-check settings that determine the states. */
export interface HealthThresholds {
  healthyThreshold: number;
  unhealthyThreshold: number;
  /**
   * Time after registration during which failures do not count, because the
   * service is still starting.
   */
  graceMs: number;
}

/** Result of one probe, or of one proxied request that failed to connect. */
export type ProbeResult =
  | { ok: true }
  | { ok: false; reasonCode: string; reason: string };

/** What the load balancer knows about a target's health. */
export interface TargetHealth {
  state: TargetState;
  reasonCode?: string;
  reason?: string;
  /** Epoch milliseconds at which the target entered the state. */
  sinceMs: number;
  registeredAtMs: number;
  consecutiveSuccesses: number;
  consecutiveFailures: number;
}

/** Health of a newly registered target. */
export function initialHealth(nowMs: number): TargetHealth {
  return {
    state: 'initial',
    reasonCode: 'Elb.InitialHealthChecking',
    reason: 'Initial health checks in progress',
    sinceMs: nowMs,
    registeredAtMs: nowMs,
    consecutiveSuccesses: 0,
    consecutiveFailures: 0,
  };
}

/**
 * The next health after a probe. A state changes only after as many equal
 * consecutive results as its threshold says; probes do not change draining and
 * unavailable targets.
 */
export function nextHealth(
  health: TargetHealth,
  result: ProbeResult,
  thresholds: HealthThresholds,
  nowMs: number,
): TargetHealth {
  if (health.state === 'draining' || health.state === 'unavailable') {
    return health;
  }
  if (result.ok) {
    const consecutiveSuccesses = health.consecutiveSuccesses + 1;
    const counted = { ...health, consecutiveSuccesses, consecutiveFailures: 0 };
    if (
      health.state === 'healthy' ||
      consecutiveSuccesses < thresholds.healthyThreshold
    ) {
      return counted;
    }
    return {
      ...counted,
      state: 'healthy',
      reasonCode: undefined,
      reason: undefined,
      sinceMs: nowMs,
    };
  }

  const starting =
    health.state === 'initial' &&
    nowMs - health.registeredAtMs < thresholds.graceMs;
  const consecutiveFailures = starting ? 0 : health.consecutiveFailures + 1;
  const counted = { ...health, consecutiveFailures, consecutiveSuccesses: 0 };
  if (health.state === 'unhealthy') {
    return {
      ...counted,
      reasonCode: result.reasonCode,
      reason: result.reason,
    };
  }
  if (consecutiveFailures < thresholds.unhealthyThreshold) {
    return counted;
  }
  return {
    ...counted,
    state: 'unhealthy',
    reasonCode: result.reasonCode,
    reason: result.reason,
    sinceMs: nowMs,
  };
}

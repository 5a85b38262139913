import type { HealthCheckSettings } from '@cloudtrace/plugin-cloudtrace-common';
import type { LocalServiceDefinition } from '../../protocol/types';
import type { GroupTiming, ScalingSettings } from '../scaling/types';
import { policiesOf, type FleetPolicy } from './policies';
import type { ScalingSignal } from './ServiceProfile';

/** How the load balancer checks targets. */
export const healthCheck: HealthCheckSettings = {
  protocol: 'HTTP',
  path: '/healthz/serving',
  port: 'traffic port',
  intervalMs: 2_000,
  timeoutMs: 1_500,
  healthyThreshold: 2,
  unhealthyThreshold: 2,
  matcher: '200-299',
};

/** Failures of a starting service do not count for this long. */
export const HEALTH_CHECK_GRACE_MS = 20_000;

/** Fast enough to watch: this takes seconds where a real group takes minutes. */
export const groupTiming: GroupTiming = {
  launchTimeoutMs: 60_000,
  replaceUnhealthyAfterMs: 10_000,
  replaceDeadAfterMs: 4_000,
  minDrainMs: 3_000,
  maxDrainMs: 10_000,
  terminateGraceMs: 8_000,
};

/** Policies and limits of a service. */
export function scalingSettings(
  definition: LocalServiceDefinition,
  signal: ScalingSignal,
): Omit<ScalingSettings, 'policies'> & { policies: FleetPolicy[] } {
  return {
    min: definition.minInstances,
    max: definition.maxInstances,
    scaleOutCooldownMs: 15_000,
    scaleInCooldownMs: 30_000,
    scaleInAfterMs: 30_000,
    policies: policiesOf(signal),
  };
}

import {
  ACTIVE_USERS_PER_INSTANCE,
  wordTexts,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { TargetTrackingPolicy } from '../scaling/types';
import type { ScalingSignal } from './ServiceProfile';

/** A scaling policy with the alarm on its metric. */
export interface FleetPolicy extends TargetTrackingPolicy {
  signal: ScalingSignal | 'cpu';
  alarm: {
    /** Follows the name of the service in the name of the alarm. */
    name: string;
    metric: JudgementCode;
    unit: string;
    forMs: number;
  };
}

function named(code: JudgementCode) {
  return wordTexts({ metricName: { code, values: {} } });
}

const requestRate: FleetPolicy = {
  signal: 'request-rate',
  name: 'request-rate-target',
  ...named('metric-request-rate'),
  metricSeriesId: 'request-rate-per-instance',
  unit: '/s',
  target: 15,
  alarm: {
    name: 'request-rate-high',
    metric: 'metric-requests-per-instance',
    unit: '1/s',
    forMs: 5_000,
  },
};

/** As in the template's infrastructure: the group keeps four active users per instance. */
const activeUsers: FleetPolicy = {
  signal: 'active-users',
  name: 'active-users-target',
  ...named('metric-active-users-of-policy'),
  metricSeriesId: 'active-users-per-instance',
  unit: ACTIVE_USERS_PER_INSTANCE,
  target: 4,
  // Users are counted, so that a fraction above the target is no noise.
  tolerance: 0,
  alarm: {
    name: 'active-users-high',
    metric: 'metric-active-users-per-instance',
    unit: '1',
    forMs: 5_000,
  },
};

const cpu: FleetPolicy = {
  signal: 'cpu',
  name: 'cpu-target',
  ...named('metric-cpu-short'),
  metricSeriesId: 'cpu-utilization',
  unit: ' %',
  target: 70,
  alarm: {
    name: 'cpu-high',
    metric: 'metric-cpu-short',
    unit: '%',
    forMs: 15_000,
  },
};

/** The policies of a service that scales by this signal. */
export function policiesOf(signal: ScalingSignal): FleetPolicy[] {
  return [signal === 'active-users' ? activeUsers : requestRate, cpu];
}

import type { ScalingPolicy as GroupPolicy } from '@aws-sdk/client-auto-scaling';
import type { ScalingPolicy as EcsPolicy } from '@aws-sdk/client-application-auto-scaling';
import {
  ACTIVE_USERS_PER_INSTANCE,
  wordTexts,
  type JudgementCode,
  type ScalingPolicy,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { KnownAlarm } from '../region/KnownAlarm';
import type { PolicyWithSteps } from '../region/PolicyWithSteps';
import { policySeriesId } from '../metrics/policySeriesId';
import { isActiveUsersPerInstance } from './isActiveUsersPerInstance';

const KINDS: Record<string, ScalingPolicy['kind']> = {
  StepScaling: 'step',
  SimpleScaling: 'simple',
  TargetTrackingScaling: 'target-tracking',
  PredictiveScaling: 'predictive',
};

interface KnownMetric {
  label: JudgementCode;
  unit: string;
  /** The catalogue's series for it on the same resource. */
  seriesId?: string;
}

const PREDEFINED: Record<string, KnownMetric> = {
  ASGAverageCPUUtilization: {
    label: 'metric-cpu',
    unit: '%',
    seriesId: 'cpu-utilization',
  },
  ASGAverageNetworkIn: {
    label: 'metric-network-in',
    unit: 'By',
    seriesId: 'network-in',
  },
  ASGAverageNetworkOut: {
    label: 'metric-network-out',
    unit: 'By',
    seriesId: 'network-out',
  },
  ALBRequestCountPerTarget: { label: 'metric-requests-per-target', unit: '1' },
  ECSServiceAverageCPUUtilization: {
    label: 'metric-cpu',
    unit: '%',
    seriesId: 'cpu-utilization',
  },
  ECSServiceAverageMemoryUtilization: {
    label: 'metric-memory',
    unit: '%',
    seriesId: 'memory-utilization',
  },
};

/** Maps a policy of an EC2 Auto Scaling group. */
export function mapGroupPolicy(policy: GroupPolicy): PolicyWithSteps {
  const tracking = policy.TargetTrackingConfiguration;
  const seconds = policy.Cooldown ?? policy.EstimatedInstanceWarmup;
  const steps = (policy.StepAdjustments ?? []).map(step => ({
    lower: step.MetricIntervalLowerBound,
    upper: step.MetricIntervalUpperBound,
    adjustment: step.ScalingAdjustment ?? 0,
  }));
  if (policy.ScalingAdjustment !== undefined) {
    steps.push({
      lower: undefined,
      upper: undefined,
      adjustment: policy.ScalingAdjustment,
    });
  }
  return {
    steps,
    policy: {
      name: policy.PolicyName ?? '',
      kind: KINDS[policy.PolicyType ?? 'SimpleScaling'] ?? 'other',
      enabled: policy.Enabled ?? true,
      ...trackedMetric(
        tracking?.PredefinedMetricSpecification?.PredefinedMetricType,
        tracking?.CustomizedMetricSpecification,
      ),
      targetValue: tracking?.TargetValue,
      cooldownMs: seconds === undefined ? undefined : seconds * 1000,
      alarmNames: alarmNames(policy.Alarms),
    },
  };
}

/** Maps a policy of Application Auto Scaling. */
export function mapEcsPolicy(policy: EcsPolicy): PolicyWithSteps {
  const tracking = policy.TargetTrackingScalingPolicyConfiguration;
  const step = policy.StepScalingPolicyConfiguration;
  const seconds = step?.Cooldown ?? tracking?.ScaleOutCooldown;
  return {
    steps: (step?.StepAdjustments ?? []).map(adjustment => ({
      lower: adjustment.MetricIntervalLowerBound,
      upper: adjustment.MetricIntervalUpperBound,
      adjustment: adjustment.ScalingAdjustment ?? 0,
    })),
    policy: {
      name: policy.PolicyName ?? '',
      kind: KINDS[policy.PolicyType ?? ''] ?? 'other',
      enabled: true,
      ...trackedMetric(
        tracking?.PredefinedMetricSpecification?.PredefinedMetricType,
        tracking?.CustomizedMetricSpecification,
      ),
      targetValue: tracking?.TargetValue,
      cooldownMs: seconds === undefined ? undefined : seconds * 1000,
      alarmNames: alarmNames(policy.Alarms),
    },
  };
}

function alarmNames(alarms: Array<{ AlarmName?: string }> | undefined) {
  return (alarms ?? [])
    .map(alarm => alarm.AlarmName)
    .filter((name): name is string => Boolean(name));
}

type CustomMetric =
  | NonNullable<
      GroupPolicy['TargetTrackingConfiguration']
    >['CustomizedMetricSpecification']
  | NonNullable<
      EcsPolicy['TargetTrackingScalingPolicyConfiguration']
    >['CustomizedMetricSpecification'];

function knownCustomMetric(custom: CustomMetric): KnownMetric | undefined {
  return isActiveUsersPerInstance(custom?.Metrics)
    ? {
        label: 'metric-active-users-of-policy',
        unit: ACTIVE_USERS_PER_INSTANCE,
      }
    : undefined;
}

function trackedMetric(
  predefined: string | undefined,
  custom: CustomMetric | undefined,
): Pick<ScalingPolicy, 'metricName' | 'coded' | 'unit' | 'metricSeriesId'> {
  const metric = predefined
    ? PREDEFINED[predefined]
    : knownCustomMetric(custom);
  if (metric) {
    return {
      ...wordTexts({ metricName: { code: metric.label, values: {} } }),
      unit: metric.unit,
      metricSeriesId: metric.seriesId,
    };
  }
  const name = predefined ?? custom?.MetricName;
  return name ? { metricName: name } : {};
}

/** The policy with thresholds and metric filled in from its alarms. */
export function withAlarms(
  { policy, steps }: PolicyWithSteps,
  alarms: ReadonlyMap<string, KnownAlarm>,
): ScalingPolicy {
  const known = (policy.alarmNames ?? [])
    .map(name => alarms.get(name))
    .filter((alarm): alarm is KnownAlarm => alarm !== undefined);
  const [first] = known;
  const thresholds = known.flatMap(alarm => {
    const { threshold, sign: comparison } = alarm;
    if (!comparison || threshold === undefined) return [];
    const upwards = comparison.startsWith('>');
    return steps.map(step => ({
      comparison,
      value: threshold + ((upwards ? step.lower : step.upper) ?? 0),
      adjustment: step.adjustment,
    }));
  });
  return {
    ...policy,
    metricName: policy.metricName ?? first?.metricName,
    unit: policy.unit ?? first?.unit,
    metricSeriesId:
      policy.metricSeriesId ??
      (first?.namespace ? policySeriesId(policy.name) : undefined),
    ...(thresholds.length > 0 && { thresholds }),
  };
}

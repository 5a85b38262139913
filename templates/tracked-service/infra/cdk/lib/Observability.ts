import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ComputeMetrics } from './ComputeContract.ts';
import { dashboardWidgets } from './dashboardWidgets.ts';

const {
  GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  GREATER_THAN_THRESHOLD,
  LESS_THAN_THRESHOLD,
} = cloudwatch.ComparisonOperator;
const { BREACHING, MISSING, NOT_BREACHING } = cloudwatch.TreatMissingData;
const { AVERAGE, MAXIMUM, MINIMUM, SUM } = cloudwatch.Stats;

/** Properties of {@link Observability}. */
export interface ObservabilityProps {
  /** Service and environment, prefix of alarm names and name of the dashboard. */
  readonly fullName: string;
  readonly topic: sns.ITopic;
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroup: elbv2.ApplicationTargetGroup;
  readonly computeMetrics: ComputeMetrics;
  /** Maximum number of instances: an alarm fires if the group stays at it. */
  readonly maxSize: number;
  readonly databaseIdentifier: string;
  /** Alarms of the optional parts, by name. */
  readonly partAlarms: Readonly<Record<string, AlarmSpec>>;
}

/** An alarm that says what it means for its recipients. */
export interface AlarmSpec {
  readonly description: string;
  readonly metric: cloudwatch.IMetric;
  /** Consecutive minutes. */
  readonly minutes: number;
  readonly operator: cloudwatch.ComparisonOperator;
  readonly threshold: number;
  readonly missing: cloudwatch.TreatMissingData;
}

/** Alarms that notify the owner, and a dashboard. */
export class Observability extends Construct {
  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const action = new SnsAction(props.topic);
    for (const [name, spec] of Object.entries(alarms(props))) {
      const alarm = new cloudwatch.Alarm(this, name, {
        alarmName: `${props.fullName}-${name}`,
        alarmDescription: spec.description,
        metric: spec.metric,
        evaluationPeriods: spec.minutes,
        comparisonOperator: spec.operator,
        threshold: spec.threshold,
        treatMissingData: spec.missing,
      });
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    new cloudwatch.Dashboard(this, 'Dashboard', {
      dashboardName: props.fullName,
      widgets: dashboardWidgets(props),
    });
  }
}

/** Each alarm says what it means for its recipients. */
function alarms(props: ObservabilityProps): Record<string, AlarmSpec> {
  const loadBalancer = {
    LoadBalancer: props.loadBalancer.loadBalancerFullName,
  };
  const target = {
    ...loadBalancer,
    TargetGroup: props.targetGroup.targetGroupFullName,
  };
  const { capacity } = props.computeMetrics;
  const database = { DBInstanceIdentifier: props.databaseIdentifier };
  return {
    'unhealthy-targets': {
      description: 'At least one instance fails its health check for 3 minutes',
      metric: metric(
        'AWS/ApplicationELB',
        'UnHealthyHostCount',
        target,
        MAXIMUM,
      ),
      minutes: 3,
      operator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      missing: NOT_BREACHING,
    },
    'no-healthy-target': {
      description: 'No instance responds: the service is down',
      metric: metric('AWS/ApplicationELB', 'HealthyHostCount', target, MINIMUM),
      minutes: 2,
      operator: LESS_THAN_THRESHOLD,
      threshold: 1,
      missing: BREACHING,
    },
    'group-at-maximum': {
      description:
        'The group has been at its maximum size for 15 minutes: raise maxSize or find the cause',
      metric: metric(
        capacity.namespace,
        capacity.inService,
        capacity.dimensions,
        MINIMUM,
      ),
      minutes: 15,
      operator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: props.maxSize,
      missing: NOT_BREACHING,
    },
    'database-cpu': {
      description: 'The database uses more than 80 % of its CPU for 10 minutes',
      metric: metric('AWS/RDS', 'CPUUtilization', database, AVERAGE),
      minutes: 10,
      operator: GREATER_THAN_THRESHOLD,
      threshold: 80,
      missing: MISSING,
    },
    'database-storage': {
      description: 'Less than 4 GiB of database storage are free',
      metric: metric('AWS/RDS', 'FreeStorageSpace', database, MINIMUM),
      minutes: 5,
      operator: LESS_THAN_THRESHOLD,
      threshold: 4 * 1024 ** 3,
      missing: MISSING,
    },
    'database-memory': {
      description:
        'Less than 128 MiB of database memory are free for 10 minutes',
      metric: metric('AWS/RDS', 'FreeableMemory', database, MINIMUM),
      minutes: 10,
      operator: LESS_THAN_THRESHOLD,
      threshold: 128 * 1024 ** 2,
      missing: MISSING,
    },
    'latency-p95': {
      description:
        'The slowest 5 % of requests take longer than 1 second for 5 minutes',
      metric: metric(
        'AWS/ApplicationELB',
        'TargetResponseTime',
        loadBalancer,
        'p95',
      ),
      minutes: 5,
      operator: GREATER_THAN_THRESHOLD,
      threshold: 1,
      missing: NOT_BREACHING,
    },
    // A share, not a number: ten errors are many at night and nothing at noon.
    'server-errors': {
      description:
        'More than 5 % of requests end in a 5xx of the service or of the load balancer for 3 minutes',
      metric: new cloudwatch.MathExpression({
        expression:
          '100 * (FILL(errors, 0) + FILL(unanswered, 0)) / (FILL(requests, 0) + FILL(unanswered, 0))',
        label: 'Server errors in percent',
        period: Duration.minutes(1),
        usingMetrics: {
          errors: metric(
            'AWS/ApplicationELB',
            'HTTPCode_Target_5XX_Count',
            loadBalancer,
            SUM,
          ),
          // 502, 503 and 504 of the load balancer: no instance answered.
          unanswered: metric(
            'AWS/ApplicationELB',
            'HTTPCode_ELB_5XX_Count',
            loadBalancer,
            SUM,
          ),
          // Only those for which there was an instance.
          requests: metric(
            'AWS/ApplicationELB',
            'RequestCount',
            loadBalancer,
            SUM,
          ),
        },
      }),
      minutes: 3,
      operator: GREATER_THAN_THRESHOLD,
      threshold: 5,
      missing: NOT_BREACHING,
    },
    ...props.partAlarms,
  };
}

/** A metric of one-minute values. */
export function metric(
  namespace: string,
  metricName: string,
  dimensions: Readonly<Record<string, string>>,
  statistic: string,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace,
    metricName,
    dimensionsMap: { ...dimensions },
    statistic,
    period: Duration.minutes(1),
  });
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { ObservabilityProps } from './Observability.ts';

interface WidgetSpec {
  readonly title: string;
  readonly statistic: string;
  /** Namespace, metric name, dimensions. */
  readonly metrics: readonly (readonly [
    string,
    string,
    Readonly<Record<string, string>>,
  ])[];
}

/** Two rows of three graphs: requests, responses, and resource usage. */
export function dashboardWidgets(
  props: ObservabilityProps,
): cloudwatch.IWidget[][] {
  const widgets = specs(props).map(
    ({ title, statistic, metrics }) =>
      new cloudwatch.GraphWidget({
        title,
        width: 8,
        height: 6,
        statistic,
        period: Duration.minutes(1),
        left: metrics.map(
          ([namespace, metricName, dimensions]) =>
            new cloudwatch.Metric({
              namespace,
              metricName,
              dimensionsMap: { ...dimensions },
              statistic,
              period: Duration.minutes(1),
            }),
        ),
      }),
  );
  return [widgets.slice(0, 3), widgets.slice(3)];
}

function specs(props: ObservabilityProps): WidgetSpec[] {
  const loadBalancer = {
    LoadBalancer: props.loadBalancer.loadBalancerFullName,
  };
  const target = {
    TargetGroup: props.targetGroup.targetGroupFullName,
    ...loadBalancer,
  };
  const { capacity, cpu } = props.computeMetrics;
  const database = { DBInstanceIdentifier: props.databaseIdentifier };
  return [
    {
      title: 'Requests per minute',
      statistic: 'Sum',
      metrics: [
        ['AWS/ApplicationELB', 'RequestCount', loadBalancer],
        ['AWS/ApplicationELB', 'HTTPCode_Target_5XX_Count', loadBalancer],
      ],
    },
    {
      title: 'Response time p95 (s)',
      statistic: 'p95',
      metrics: [['AWS/ApplicationELB', 'TargetResponseTime', loadBalancer]],
    },
    {
      title: 'Targets',
      statistic: 'Average',
      metrics: [
        ['AWS/ApplicationELB', 'HealthyHostCount', target],
        ['AWS/ApplicationELB', 'UnHealthyHostCount', target],
      ],
    },
    {
      title: 'Capacity',
      statistic: 'Average',
      metrics: [
        [capacity.namespace, capacity.desired, capacity.dimensions],
        [capacity.namespace, capacity.inService, capacity.dimensions],
      ],
    },
    {
      title: 'Instance CPU (%)',
      statistic: 'Average',
      metrics: [[cpu.namespace, cpu.name, cpu.dimensions]],
    },
    {
      title: 'Database CPU (%) and connections',
      statistic: 'Average',
      metrics: [
        ['AWS/RDS', 'CPUUtilization', database],
        ['AWS/RDS', 'DatabaseConnections', database],
      ],
    },
  ];
}

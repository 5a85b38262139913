import { MINUTE_MS } from '@cloudtrace/plugin-cloudtrace-common';
import type { MetricDefinition } from '../config/MetricDefinition';

type Row = [
  seriesId: string,
  label: string,
  unit: string,
  metricName: string,
  statistic: string,
  scale?: number,
];

function metricSet(
  resourceType: string,
  namespace: string,
  dimensions: Record<string, string>,
  rows: Row[],
): MetricDefinition[] {
  return rows.map(([seriesId, label, unit, metricName, statistic, scale]) => ({
    resourceType,
    namespace,
    dimensions,
    seriesId,
    label,
    unit,
    metricName,
    statistic,
    scale,
    periodMs: MINUTE_MS,
  }));
}

const GROUP = { AutoScalingGroupName: '{name}' };
const TARGET_GROUP = {
  TargetGroup: '{targetGroup}',
  LoadBalancer: '{loadBalancer}',
};
const LOAD_BALANCER = { LoadBalancer: '{loadBalancer}' };
const ECS_SERVICE = {
  ClusterName: '{clusterName}',
  ServiceName: '{serviceName}',
};
const DB_INSTANCE = { DBInstanceIdentifier: '{name}' };
const DB_CLUSTER = { DBClusterIdentifier: '{name}' };

/*
 * One statistic per metric, chosen by what the metric measures: the sum for
 * event counts, the average for gauges, the worst value for host counts (fewest
 * healthy, most unhealthy), a percentile for latencies, the minimum for free
 * resources.
 */
export const METRIC_CATALOGUE: MetricDefinition[] = [
  ...metricSet('auto-scaling-group', 'AWS/EC2', GROUP, [
    ['cpu-utilization', 'CPU utilisation', '%', 'CPUUtilization', 'Average'],
    ['network-in', 'Network in', 'By', 'NetworkIn', 'Average'],
    ['network-out', 'Network out', 'By', 'NetworkOut', 'Average'],
    [
      'status-check-failed',
      'Failed status checks',
      '1',
      'StatusCheckFailed',
      'Maximum',
    ],
  ]),
  ...metricSet('auto-scaling-group', 'AWS/AutoScaling', GROUP, [
    [
      'in-service-instances',
      'Instances in service',
      '1',
      'GroupInServiceInstances',
      'Minimum',
    ],
  ]),
  ...metricSet('target-group', 'AWS/ApplicationELB', TARGET_GROUP, [
    ['healthy-hosts', 'Healthy targets', '1', 'HealthyHostCount', 'Minimum'],
    [
      'unhealthy-hosts',
      'Unhealthy targets',
      '1',
      'UnHealthyHostCount',
      'Maximum',
    ],
    ['requests', 'Requests', '1', 'RequestCount', 'Sum'],
    [
      'request-count-per-target',
      'Requests per target',
      '1',
      'RequestCountPerTarget',
      'Sum',
    ],
    [
      'response-time-p95',
      'Response time p95',
      'ms',
      'TargetResponseTime',
      'p95',
      1000,
    ],
    [
      'target-5xx',
      'Target errors (5xx)',
      '1',
      'HTTPCode_Target_5XX_Count',
      'Sum',
    ],
    [
      'target-connection-errors',
      'Connection errors',
      '1',
      'TargetConnectionErrorCount',
      'Sum',
    ],
  ]),
  ...metricSet('target-group', 'AWS/NetworkELB', TARGET_GROUP, [
    ['healthy-hosts', 'Healthy targets', '1', 'HealthyHostCount', 'Minimum'],
    [
      'unhealthy-hosts',
      'Unhealthy targets',
      '1',
      'UnHealthyHostCount',
      'Maximum',
    ],
  ]),
  ...metricSet('load-balancer', 'AWS/ApplicationELB', LOAD_BALANCER, [
    ['requests', 'Requests', '1', 'RequestCount', 'Sum'],
    [
      'response-time-p95',
      'Response time p95',
      'ms',
      'TargetResponseTime',
      'p95',
      1000,
    ],
    [
      'balancer-5xx',
      'Load balancer errors (5xx)',
      '1',
      'HTTPCode_ELB_5XX_Count',
      'Sum',
    ],
    [
      'rejected-connections',
      'Rejected connections',
      '1',
      'RejectedConnectionCount',
      'Sum',
    ],
  ]),
  ...metricSet('load-balancer', 'AWS/NetworkELB', LOAD_BALANCER, [
    ['new-flows', 'New connections', '1', 'NewFlowCount', 'Sum'],
    [
      'target-resets',
      'Resets by targets',
      '1',
      'TCP_Target_Reset_Count',
      'Sum',
    ],
  ]),
  ...metricSet('db-instance', 'AWS/RDS', DB_INSTANCE, [
    ['cpu-utilization', 'CPU utilisation', '%', 'CPUUtilization', 'Average'],
    ['connections', 'Connections', '1', 'DatabaseConnections', 'Maximum'],
    ['free-storage', 'Free storage', 'By', 'FreeStorageSpace', 'Minimum'],
    ['freeable-memory', 'Freeable memory', 'By', 'FreeableMemory', 'Minimum'],
    ['read-latency', 'Read latency', 'ms', 'ReadLatency', 'Average', 1000],
    ['write-latency', 'Write latency', 'ms', 'WriteLatency', 'Average', 1000],
    ['replica-lag', 'Replica lag', 's', 'ReplicaLag', 'Maximum'],
  ]),
  ...metricSet('db-cluster', 'AWS/RDS', DB_CLUSTER, [
    ['cpu-utilization', 'CPU utilisation', '%', 'CPUUtilization', 'Average'],
    ['connections', 'Connections', '1', 'DatabaseConnections', 'Maximum'],
    ['replica-lag', 'Replica lag', 'ms', 'AuroraReplicaLagMaximum', 'Maximum'],
  ]),
  ...metricSet('ecs-service', 'AWS/ECS', ECS_SERVICE, [
    ['cpu-utilization', 'CPU utilisation', '%', 'CPUUtilization', 'Average'],
    [
      'memory-utilization',
      'Memory utilisation',
      '%',
      'MemoryUtilization',
      'Average',
    ],
  ]),
];

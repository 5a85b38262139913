import {
  MINUTE_MS,
  wordTexts,
  type JudgementCode,
} from '@cloudtrace/plugin-cloudtrace-common';
import type { MetricDefinition } from '../config/MetricDefinition';

type Row = [
  seriesId: string,
  label: JudgementCode,
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
    ...wordTexts({ label: { code: label, values: {} } }),
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
    ['cpu-utilization', 'metric-cpu', '%', 'CPUUtilization', 'Average'],
    ['network-in', 'metric-network-in', 'By', 'NetworkIn', 'Average'],
    ['network-out', 'metric-network-out', 'By', 'NetworkOut', 'Average'],
    [
      'status-check-failed',
      'metric-status-checks',
      '1',
      'StatusCheckFailed',
      'Maximum',
    ],
  ]),
  ...metricSet('auto-scaling-group', 'AWS/AutoScaling', GROUP, [
    [
      'in-service-instances',
      'metric-in-service',
      '1',
      'GroupInServiceInstances',
      'Minimum',
    ],
  ]),
  ...metricSet('target-group', 'AWS/ApplicationELB', TARGET_GROUP, [
    [
      'healthy-hosts',
      'metric-healthy-targets',
      '1',
      'HealthyHostCount',
      'Minimum',
    ],
    [
      'unhealthy-hosts',
      'metric-unhealthy-targets',
      '1',
      'UnHealthyHostCount',
      'Maximum',
    ],
    ['requests', 'metric-requests', '1', 'RequestCount', 'Sum'],
    [
      'request-count-per-target',
      'metric-requests-per-target',
      '1',
      'RequestCountPerTarget',
      'Sum',
    ],
    [
      'response-time-p95',
      'metric-response-time-p95',
      'ms',
      'TargetResponseTime',
      'p95',
      1000,
    ],
    [
      'target-5xx',
      'metric-target-errors',
      '1',
      'HTTPCode_Target_5XX_Count',
      'Sum',
    ],
    [
      'target-connection-errors',
      'metric-connection-errors',
      '1',
      'TargetConnectionErrorCount',
      'Sum',
    ],
  ]),
  ...metricSet('target-group', 'AWS/NetworkELB', TARGET_GROUP, [
    [
      'healthy-hosts',
      'metric-healthy-targets',
      '1',
      'HealthyHostCount',
      'Minimum',
    ],
    [
      'unhealthy-hosts',
      'metric-unhealthy-targets',
      '1',
      'UnHealthyHostCount',
      'Maximum',
    ],
  ]),
  ...metricSet('load-balancer', 'AWS/ApplicationELB', LOAD_BALANCER, [
    ['requests', 'metric-requests', '1', 'RequestCount', 'Sum'],
    [
      'response-time-p95',
      'metric-response-time-p95',
      'ms',
      'TargetResponseTime',
      'p95',
      1000,
    ],
    [
      'balancer-5xx',
      'metric-balancer-errors',
      '1',
      'HTTPCode_ELB_5XX_Count',
      'Sum',
    ],
    [
      'rejected-connections',
      'metric-rejected-connections',
      '1',
      'RejectedConnectionCount',
      'Sum',
    ],
  ]),
  ...metricSet('load-balancer', 'AWS/NetworkELB', LOAD_BALANCER, [
    ['new-flows', 'metric-new-connections', '1', 'NewFlowCount', 'Sum'],
    [
      'target-resets',
      'metric-target-resets',
      '1',
      'TCP_Target_Reset_Count',
      'Sum',
    ],
  ]),
  ...metricSet('db-instance', 'AWS/RDS', DB_INSTANCE, [
    ['cpu-utilization', 'metric-cpu', '%', 'CPUUtilization', 'Average'],
    [
      'connections',
      'metric-connections',
      '1',
      'DatabaseConnections',
      'Maximum',
    ],
    [
      'free-storage',
      'metric-free-storage',
      'By',
      'FreeStorageSpace',
      'Minimum',
    ],
    [
      'freeable-memory',
      'metric-free-memory',
      'By',
      'FreeableMemory',
      'Minimum',
    ],
    [
      'read-latency',
      'metric-read-latency',
      'ms',
      'ReadLatency',
      'Average',
      1000,
    ],
    [
      'write-latency',
      'metric-write-latency',
      'ms',
      'WriteLatency',
      'Average',
      1000,
    ],
    ['replica-lag', 'metric-replica-lag', 's', 'ReplicaLag', 'Maximum'],
  ]),
  ...metricSet('db-cluster', 'AWS/RDS', DB_CLUSTER, [
    ['cpu-utilization', 'metric-cpu', '%', 'CPUUtilization', 'Average'],
    [
      'connections',
      'metric-connections',
      '1',
      'DatabaseConnections',
      'Maximum',
    ],
    [
      'replica-lag',
      'metric-replica-lag',
      'ms',
      'AuroraReplicaLagMaximum',
      'Maximum',
    ],
  ]),
  ...metricSet('ecs-service', 'AWS/ECS', ECS_SERVICE, [
    ['cpu-utilization', 'metric-cpu', '%', 'CPUUtilization', 'Average'],
    [
      'memory-utilization',
      'metric-memory',
      '%',
      'MemoryUtilization',
      'Average',
    ],
  ]),
];

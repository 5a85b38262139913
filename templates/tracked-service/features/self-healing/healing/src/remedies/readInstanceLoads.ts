import {
  paginateGetMetricData,
  type CloudWatchClient,
  type Metric,
} from '@aws-sdk/client-cloudwatch';
import type { Figure, InstanceLoad } from './chooseInstance.js';

const WINDOW_MS = 10 * 60_000;
/** Fewer minutes say too little; an instance that has just started has no average yet. */
const MIN_MINUTES = 3;

/** Averages of the last ten minutes; an instance without enough data is left out. */
export async function readInstanceLoads(options: {
  cloudWatch: CloudWatchClient;
  figure: Figure;
  groupName: string;
  instanceIds: readonly string[];
  now: Date;
}): Promise<InstanceLoad[]> {
  const { cloudWatch, figure, groupName, instanceIds, now } = options;
  const pages = paginateGetMetricData(
    { client: cloudWatch },
    {
      StartTime: new Date(now.getTime() - WINDOW_MS),
      EndTime: now,
      MetricDataQueries: instanceIds.map((instanceId, index) => ({
        Id: `i${index}`,
        MetricStat: {
          Metric: metricOf(figure, groupName, instanceId),
          Period: 60,
          Stat: 'Average',
        },
      })),
    },
  );
  const values = new Map<string, number[]>();
  for await (const { MetricDataResults = [] } of pages) {
    for (const { Id, Values = [] } of MetricDataResults) {
      const id = instanceIds[Number(Id?.slice(1))];
      if (id) values.set(id, [...(values.get(id) ?? []), ...Values]);
    }
  }
  return [...values]
    .filter(([, percents]) => percents.length >= MIN_MINUTES)
    .map(([instanceId, percents]) => ({
      instanceId,
      percent:
        percents.reduce((sum, value) => sum + value, 0) / percents.length,
    }));
}

function metricOf(
  figure: Figure,
  groupName: string,
  instanceId: string,
): Metric {
  const instance = { Name: 'InstanceId', Value: instanceId };
  return figure === 'cpu'
    ? {
        Namespace: 'AWS/EC2',
        MetricName: 'CPUUtilization',
        Dimensions: [instance],
      }
    : {
        // As the CloudWatch agent publishes it.
        Namespace: 'CWAgent',
        MetricName: 'mem_used_percent',
        Dimensions: [
          { Name: 'AutoScalingGroupName', Value: groupName },
          instance,
        ],
      };
}

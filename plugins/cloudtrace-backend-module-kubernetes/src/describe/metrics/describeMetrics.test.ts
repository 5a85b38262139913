import {
  ago,
  describeChanged,
  workload,
} from '../../testUtils/workloadObjects';
import type { WatchedObject, WorkloadObjects } from '../../objects/types';

const CPU = {
  type: 'Resource',
  resource: { name: 'cpu', target: { averageUtilization: 70 } },
};
const hpa = (conditions: object[] = [], more: object = {}): WatchedObject => ({
  metadata: { name: 'web', ...more },
  spec: { minReplicas: 2, maxReplicas: 10, metrics: [CPU] },
  status: {
    currentMetrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageUtilization: 82 } },
      },
    ],
    conditions,
  },
});
const describeHpa = (object: WatchedObject | undefined, secondsAgo = 0) => {
  const freshAt: WorkloadObjects['freshAt'] = {
    ...workload().freshAt,
    horizontalpodautoscalers: new Date(ago(secondsAgo)),
  };
  return describeChanged({ hpa: object, freshAt });
};

describe('the metrics of an autoscaler', () => {
  it('have the time when the autoscaler was read, not of now', () => {
    const { metrics, readAt } = describeHpa(hpa(), 90);
    const time = new Date(ago(90)).toISOString();
    expect(metrics).toMatchObject([{ times: [time], values: [82] }]);
    expect(readAt!.metrics).toBe(time);
  });

  it('are unknown if the autoscaler has not been read for long', () => {
    const { metrics, readAt } = describeHpa(hpa(), 600);
    expect(metrics).toBeUndefined();
    expect(readAt).not.toHaveProperty('metrics');
  });

  it.each(['FailedGetResourceMetric', 'FailedGetExternalMetric', 'Other'])(
    'have no new point while it does not measure: %s',
    reason => {
      const failed = { type: 'ScalingActive', status: 'False', reason };
      expect(describeHpa(hpa([failed])).metrics).toEqual([]);
    },
  );

  it('have no new point while the autoscaler is deleted', () => {
    const deleted = hpa([], { deletionTimestamp: ago(5) });
    expect(describeHpa(deleted).metrics).toEqual([]);
  });

  it('are none without an autoscaler', () => {
    expect(describeHpa(undefined).metrics).toEqual([]);
  });
});

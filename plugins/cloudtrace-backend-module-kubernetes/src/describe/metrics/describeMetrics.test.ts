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

  it.each(['FailedGetScale', 'FailedUpdateScale', 'Other'])(
    'have no new point while it cannot read or set the size: %s',
    reason => {
      const failed = { type: 'AbleToScale', status: 'False', reason };
      const active = { type: 'ScalingActive', status: 'True' };
      expect(describeHpa(hpa([failed, active])).metrics).toEqual([]);
    },
  );

  it('have no new point until the controller has seen an edit', () => {
    const edited = hpa([], { generation: 3 });
    const seen = (observedGeneration: number) => ({
      ...edited,
      status: { ...(edited.status as object), observedGeneration },
    });
    expect(describeHpa(seen(2)).metrics).toEqual([]);
    expect(describeHpa(seen(3)).metrics).toHaveLength(1);
    expect(describeHpa(edited).metrics).toHaveLength(1);
  });

  it.each([
    [{ averageUtilization: 70 }, { averageUtilization: 82 }, [82]],
    [
      { averageUtilization: 70 },
      { averageUtilization: 82, averageValue: '410m' },
      [82],
    ],
    [{ averageUtilization: 70 }, { averageValue: '410m' }, []],
    [
      { averageValue: '500m' },
      { averageUtilization: 82, averageValue: '250m' },
      [0.25],
    ],
    [{ averageValue: '500m' }, { averageUtilization: 82 }, []],
    [{ averageValue: '500m' }, { value: '2' }, []],
    [{ value: '4' }, { averageValue: '410m' }, []],
    [{ value: '4' }, { value: '2' }, [2]],
  ])(
    'have a point only in the form of the target: %j with %j',
    (target, current, expected) => {
      const edited = {
        ...hpa(),
        spec: {
          metrics: [{ type: 'Resource', resource: { name: 'cpu', target } }],
        },
        status: {
          currentMetrics: [
            { type: 'Resource', resource: { name: 'cpu', current } },
          ],
        },
      };
      expect(describeHpa(edited).metrics!.flatMap(each => each.values)).toEqual(
        expected,
      );
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

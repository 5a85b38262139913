import { capacityBehind, healthSeries } from './healthSeries';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));

describe('healthSeries', () => {
  const seen = (state: 'healthy' | 'no-data', from: number, to?: number) => ({
    state,
    from: at(from),
    to: to === undefined ? undefined : at(to),
  });
  const seriesOf = (
    intervals: Array<ReturnType<typeof seen>>,
    gaps: Array<[number, number]>,
  ) =>
    healthSeries({
      targets: [{ intervals }],
      gaps: gaps.map(([from, to]) => ({ from: at(from), to: at(to) })),
      desired: [],
      from: at(0),
      until: at(30),
    }).map(({ t, healthy, total }) => [
      new Date(t).getUTCMinutes(),
      healthy,
      total,
    ]);

  it('has no counts while nothing was read, instead of 0 of 0', () => {
    const intervals = [
      seen('healthy', 0, 10),
      seen('no-data', 10, 20),
      seen('healthy', 20),
    ];
    expect(seriesOf(intervals, [[10, 20]])).toEqual([
      [0, 1, 1],
      [10, undefined, undefined],
      [20, 1, 1],
      [30, 1, 1],
    ]);
  });

  it('has no counts from a gap that lasts, also from overlapping ones and without targets', () => {
    expect(
      seriesOf(
        [seen('healthy', 0, 10)],
        [
          [10, 20],
          [15, 30],
        ],
      ),
    ).toEqual([
      [0, 1, 1],
      [10, undefined, undefined],
      [15, undefined, undefined],
      [20, undefined, undefined],
      [30, undefined, undefined],
    ]);
    expect(seriesOf([], [[-5, 3]])).toEqual([
      [0, undefined, undefined],
      [3, 0, 0],
      [30, 0, 0],
    ]);
  });
});

describe('capacityBehind', () => {
  const instances = [
    { resource_id: 1, instance_key: 'web-1' },
    { resource_id: 2, instance_key: 'worker-1' },
  ];
  const capacity = [{ resource_id: 1 }, { resource_id: 2 }];
  const behind = (...keys: Array<string | null>) =>
    capacityBehind(
      { resource_id: 9, type: 'target-group' },
      keys.map(key => ({ instance_key: key })),
      instances,
      capacity,
    ).map(row => row.resource_id);

  it('excludes groups without an instance among the targets', () => {
    expect(behind('web-1', 'web-0', null)).toEqual([1]);
    expect(behind('web-1', 'worker-1')).toEqual([1, 2]);
  });

  it('includes all groups while none has an instance there', () => {
    expect(behind()).toEqual([1, 2]);
    expect(behind('gone')).toEqual([1, 2]);
  });

  it('compares a workload with its own size only', () => {
    const behindWorkload = (id: number, ...keys: string[]) =>
      capacityBehind(
        { resource_id: id, type: 'kubernetes-workload' },
        keys.map(key => ({ instance_key: key })),
        instances,
        capacity,
      ).map(row => row.resource_id);
    expect(behindWorkload(2)).toEqual([2]);
    expect(behindWorkload(2, 'worker-1')).toEqual([2]);
    expect(behindWorkload(3, 'web-1')).toEqual([]);
  });
});

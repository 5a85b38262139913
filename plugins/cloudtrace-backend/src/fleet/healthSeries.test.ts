import { capacityBehind } from './healthSeries';

describe('capacityBehind', () => {
  const instances = [
    { resource_id: 1, instance_key: 'web-1' },
    { resource_id: 2, instance_key: 'worker-1' },
  ];
  const capacity = [{ resource_id: 1 }, { resource_id: 2 }];
  const behind = (...keys: Array<string | null>) =>
    capacityBehind(
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
});

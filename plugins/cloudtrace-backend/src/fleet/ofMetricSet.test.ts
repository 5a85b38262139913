import { InputError } from '@backstage/errors';
import { ofMetricSet } from './ofMetricSet';

const RESOURCES = [
  { type: 'target-group', id: 1 },
  { type: 'nomad-job', id: 2 },
];

describe('ofMetricSet', () => {
  it.each([
    [undefined, [1, 2]],
    ['target-group', [1]],
    ['nomad-job', [2]],
    ['db-instance', []],
  ])('returns the resources of the set %s', (set, ids) => {
    expect(ofMetricSet(RESOURCES, set).map(({ id }) => id)).toEqual(ids);
  });

  it('rejects an unknown set and lists the known ones', () => {
    const read = () => ofMetricSet(RESOURCES, 'foo');
    expect(read).toThrow(InputError);
    expect(read).toThrow(
      "Query parameter 'set' must be one of auto-scaling-group, target-group, load-balancer, db-instance, db-cluster, ecs-service, nomad-job",
    );
  });
});

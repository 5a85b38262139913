import { currentValues, hpaMetrics } from './hpaMetrics';

const queue = (name: string, current: string) => ({
  target: {
    type: 'External',
    external: {
      metric: { name: 'sqs', selector: { matchLabels: { queue: name } } },
      target: { type: 'AverageValue', averageValue: '10' },
    },
  },
  current: {
    type: 'External',
    external: {
      metric: { name: 'sqs', selector: { matchLabels: { queue: name } } },
      current: { averageValue: current },
    },
  },
});

describe('the metrics of an autoscaler', () => {
  it('differ if only their selectors differ', () => {
    const queues = [queue('a', '3'), queue('b', '450')];
    const hpa = {
      spec: { metrics: queues.map(({ target }) => target) },
      status: { currentMetrics: queues.map(({ current }) => current) },
    };
    const metrics = hpaMetrics(hpa);
    expect(metrics.map(({ label }) => label)).toEqual([
      'sqs{queue=a}',
      'sqs{queue=b}',
    ]);
    const values = currentValues(hpa, metrics);
    expect(metrics.map(({ key }) => values.get(key))).toEqual([3, 450]);
  });

  it('name the expressions of a selector, in any order', () => {
    const labelOf = (matchExpressions: object[]) =>
      hpaMetrics({
        spec: {
          metrics: [
            {
              type: 'External',
              external: {
                metric: { name: 'sqs', selector: { matchExpressions } },
                target: { value: '1' },
              },
            },
          ],
        },
      })[0].label;
    const zone = { key: 'zone', operator: 'In', values: ['a', 'b'] };
    const team = { key: 'team', operator: 'Exists' };
    expect(labelOf([zone, team])).toBe('sqs{team Exists,zone In (a,b)}');
    expect(labelOf([team, zone])).toBe(labelOf([zone, team]));
  });
});

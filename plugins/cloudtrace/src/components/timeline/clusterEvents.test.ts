import type { TimelineEvent } from '@cloudtrace/plugin-cloudtrace-common';
import { clusterEvents } from './clusterEvents';

const event = (
  atMs: number,
  severity: TimelineEvent['severity'] = 'info',
): TimelineEvent => ({
  id: `${atMs}`,
  at: new Date(atMs).toISOString(),
  kind: 'health',
  severity,
  title: `at ${atMs}`,
});

describe('clusterEvents', () => {
  it('joins close events under the worst and drops those outside', () => {
    const clusters = clusterEvents(
      [
        event(-5),
        event(100),
        event(150, 'critical'),
        event(900, 'warning'),
        event(1000),
        event(2000),
      ],
      { fromMs: 0, toMs: 1000 },
      5,
    );
    expect(
      clusters.map(({ events, worst, position }) => [
        events.length,
        worst.id,
        position,
      ]),
    ).toEqual([
      [2, '150', 0.125],
      [2, '900', 0.95],
    ]);
  });
});

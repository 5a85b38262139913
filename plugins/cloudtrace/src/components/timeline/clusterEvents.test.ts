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
  it('joins close events under the worst one and drops events outside the range', () => {
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
      [2, '150', 0.1],
      [2, '900', 0.9],
    ]);
  });

  it('limits the width of a cluster, so that cause and effect stay apart', () => {
    // One event per second, each close to the previous one.
    const events = Array.from({ length: 100 }, (_, i) => event(i * 10));
    const clusters = clusterEvents(events, { fromMs: 0, toMs: 1000 }, 10);
    expect(clusters.map(({ events: { length } }) => length)).toEqual(
      Array(10).fill(10),
    );
    expect(clusters.map(({ position }) => position)).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
    ]);
  });
});

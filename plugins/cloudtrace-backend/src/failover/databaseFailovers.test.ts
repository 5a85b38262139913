import { at, detect, requests } from '../testUtils/detection';
import type { DatabaseOccurrence } from './types';

describe('failovers of databases', () => {
  const database = (
    eventId: string,
    minutes: number,
    kind: string,
    more: Partial<DatabaseOccurrence> = {},
  ): DatabaseOccurrence => ({
    resourceId: 'db',
    resourceName: 'shop database',
    eventId,
    at: at(minutes),
    kind,
    message: kind,
    ...more,
  });

  it('pairs the start event with the end event', () => {
    const [episode, ...others] = detect({
      databaseEvents: [
        database('1', 1, 'failover-started', { planned: false }),
        database('2', 1.5, 'restart'),
        database('3', 2, 'failover-completed', {
          fromZone: 'a',
          toZone: 'b',
        }),
      ],
      requests: requests((_, minute) => (minute === 1 ? { errors: 10 } : {})),
    });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      subject: { kind: 'database', key: 'db', label: 'shop database' },
      planned: 'no',
      detectedAt: at(1).getTime(),
      recoveredAt: at(2).getTime(),
      impact: { requestsFailed: 40 },
    });
    expect(episode.steps.at(-1)!.title).toBe('The database moved from a to b');
  });

  it('does not begin with an event of the previous failover', () => {
    const episodes = detect({
      databaseEvents: [
        database('1', 0.5, 'availability'),
        database('2', 1, 'failover-started'),
        database('3', 2, 'failover-completed'),
        database('4', 4, 'failover-started'),
        database('5', 5, 'failover-completed'),
      ],
    });
    expect(episodes.map(({ startedAt }) => startedAt)).toEqual([
      at(0.5).getTime(),
      at(4).getTime(),
    ]);
  });

  it('begins with an event of the same database shortly before', () => {
    const [episode] = detect({
      databaseEvents: [
        database('0', -30, 'availability'),
        database('1', 0.5, 'availability'),
        database('2', 0.7, 'backup'),
        database('3', 0.2, 'restart', { resourceId: 'db-2' }),
        database('4', 1, 'failover-started'),
        database('5', 2, 'failover-completed'),
      ],
    });
    expect(episode).toMatchObject({
      startedAt: at(0.5).getTime(),
      detectedAt: at(1).getTime(),
      failures: [
        { key: 'db\n4', from: at(1).getTime() },
        { key: 'db\n5', from: at(2).getTime() },
      ],
    });
    expect(episode.steps.map(({ kind }) => kind)).toEqual([
      'began',
      'detected',
      'recovered',
    ]);
  });

  it('does not begin with an outage that had already ended', () => {
    const [episode] = detect({
      databaseEvents: [
        database('1', -4.6, 'unavailable'),
        database('2', -4.5, 'available'),
        database('3', 0, 'failover-started'),
        database('4', 0.03, 'failover-completed'),
      ],
    });
    expect(episode.startedAt).toBe(episode.detectedAt);
    expect(episode.steps.map(({ kind }) => kind)).toEqual([
      'detected',
      'recovered',
    ]);
  });

  it.each([
    ['restart', 'DB instance restarted'],
    ['availability', 'The database is available'],
    ['failover-completed', 'Multi-AZ instance failover completed'],
  ])('does not begin before %s', (kind, message) => {
    const episodes = detect({
      databaseEvents: [
        database('1', -4, 'availability', { message: 'DB instance shutdown' }),
        database('2', -3, kind, { message }),
        database('3', 0, 'failover-started'),
        database('4', 0.5, 'failover-completed'),
      ],
    });
    expect(episodes.at(-1)!.startedAt).toBe(at(0).getTime());
  });

  it('begins with the outage that lasted until it, however long', () => {
    const [episode] = detect({
      databaseEvents: [
        database('1', -30, 'unavailable'),
        database('2', -29, 'available'),
        database('3', -20, 'unavailable'),
        database('4', -10, 'configuration'),
        database('5', 1, 'failover-started'),
        database('6', 2, 'failover-completed'),
      ],
    });
    expect(episode.startedAt).toBe(at(-20).getTime());
  });

  it('ignores a failover that did not happen and ends one that was given up', () => {
    expect(
      detect({ databaseEvents: [database('1', 1, 'failover-abandoned')] }),
    ).toEqual([]);
    const [episode] = detect({
      databaseEvents: [
        database('1', 1, 'failover-started'),
        database('2', 2, 'failover-abandoned'),
      ],
    });
    expect(episode.recoveredAt).toBe(at(2).getTime());
    expect(episode.steps.at(-1)!.title).toBe('The failover was abandoned');
  });

  it('uses the reason that the provider reports after the end', () => {
    const reason = 'The user requested a failover of the DB instance.';
    const [episode, ...others] = detect({
      databaseEvents: [
        database('1', 1, 'failover-started'),
        database('2', 2, 'failover-completed'),
        database('3', 2.1, 'failover-reason', {
          message: reason,
          planned: true,
        }),
      ],
    });
    expect(others).toEqual([]);
    expect(episode).toMatchObject({
      planned: 'yes',
      cause: { summary: reason },
      recoveredAt: at(2).getTime(),
    });
  });

  it.each([
    'configuration',
    'available',
    'unavailable',
    'maintenance',
    'other',
  ])('finds no failover in %s alone', kind => {
    expect(detect({ databaseEvents: [database('1', 1, kind)] })).toEqual([]);
  });

  it('handles an end alone, an end before the start, and a missing end', () => {
    expect(
      detect({ databaseEvents: [database('1', 1, 'failover-completed')] }),
    ).toMatchObject([
      {
        detectedAt: at(1).getTime(),
        recoveredAt: at(1).getTime(),
        planned: 'unknown',
      },
    ]);
    const [swapped, ...others] = detect({
      databaseEvents: [
        database('1', 2, 'failover-started'),
        database('2', 1, 'failover-completed'),
      ],
    });
    expect(others).toEqual([]);
    expect(swapped.missingData).toContain('clock-skew');
    const [open] = detect({
      databaseEvents: [database('1', -90, 'failover-started')],
    });
    expect(open.missingData).toContain('recovery-uncertain');
    expect(open.recoveredAt).toBeDefined();
  });
});

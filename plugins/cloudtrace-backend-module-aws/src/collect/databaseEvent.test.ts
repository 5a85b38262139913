import { failoverTarget, mapDatabaseEvent, withZones } from './databaseEvent';

const event = (Message: string, ...EventCategories: string[]) => ({
  SourceIdentifier: 'orders-db',
  SourceArn: 'arn:aws:rds:eu-central-1:111111111111:db:orders-db',
  Date: new Date('2026-11-20T10:00:00Z'),
  Message,
  EventCategories,
});

describe('mapDatabaseEvent', () => {
  it.each([
    [
      'Multi-AZ instance failover started.',
      ['failover'],
      'failover-started',
      undefined,
    ],
    [
      'Multi-AZ instance failover completed',
      ['failover'],
      'failover-completed',
      undefined,
    ],
    [
      'The user requested a failover of the DB instance.',
      ['failover'],
      'failover-reason',
      true,
    ],
    [
      'The primary host of the RDS Multi-AZ instance is unhealthy.',
      ['failover'],
      'failover-reason',
      false,
    ],
    [
      'Abandoning user requested failover since a failover recently occurred on the database instance.',
      ['failover'],
      'failover-abandoned',
      undefined,
    ],
    [
      'Started cross AZ failover to DB instance: orders-2',
      ['failover'],
      'failover-started',
      undefined,
    ],
    [
      'Completed failover to DB instance: orders-2',
      ['failover'],
      'failover-completed',
      undefined,
    ],
    ['DB instance restarted', ['availability'], 'restart', undefined],
    ['DB instance shutdown', ['availability'], 'unavailable', undefined],
    [
      'Applying off-line patches to DB instance',
      ['maintenance'],
      'maintenance',
      true,
    ],
    [
      'Updated parameter max_connections to 100',
      ['configuration change'],
      'configuration',
      undefined,
    ],
    [
      'Finished applying modification to convert to a Multi-AZ DB instance',
      ['configuration change'],
      'configuration',
      undefined,
    ],
    ['Backing up DB instance', ['backup'], 'backup', undefined],
    [
      'Recovery of the DB instance has started.',
      ['recovery'],
      'unavailable',
      false,
    ],
    ['Something that RDS says next year', ['novelty'], 'other', undefined],
  ])('reads %p', (message, categories, kind, planned) => {
    const [mapped] = mapDatabaseEvent(event(message, ...categories));
    expect(mapped).toEqual({
      eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
      at: '2026-11-20T10:00:00.000Z',
      kind,
      message,
      ...(planned !== undefined && { planned }),
    });
  });

  it('gives an event the same id in every poll', () => {
    const ids = [1, 2].map(() => mapDatabaseEvent(event('x'))[0].eventId);
    expect(ids[0]).toBe(ids[1]);
    expect(mapDatabaseEvent(event('y'))[0].eventId).not.toBe(ids[0]);
  });

  it('skips events without a date', () => {
    expect(mapDatabaseEvent({ Message: 'x' })).toEqual([]);
  });
});

it('adds zones to the newest completed failover only', () => {
  const older = mapDatabaseEvent({
    ...event('Multi-AZ instance failover completed', 'failover'),
    Date: new Date('2026-11-01T00:00:00Z'),
  });
  const newer = mapDatabaseEvent(
    event('Multi-AZ instance failover completed', 'failover'),
  );
  const zoned = withZones([...newer, ...older], { current: 'b', standby: 'a' });
  expect(zoned.map(e => [e.fromZone, e.toZone])).toEqual([
    ['a', 'b'],
    [undefined, undefined],
  ]);
});

it('reads the member that a cluster failed over to', () => {
  expect(failoverTarget('Completed failover to DB instance: orders-2')).toBe(
    'orders-2',
  );
  expect(failoverTarget('DB cluster restarted')).toBeUndefined();
});

import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { claimNotification } from './claimNotification';

jest.setTimeout(60_000);

describe('claims of notifications', () => {
  let databases: TestDatabases;
  let database: TestDatabase;

  beforeAll(async () => {
    databases = await startTestPostgres();
    database = await databases.createTestDatabase();
  });
  afterAll(() => databases.stop());

  const claim = (entityRef: string, topic: string) =>
    claimNotification(database.knex, {
      entityRef,
      topic,
      repeatMs: 24 * 3_600_000,
      maxPerHour: 2,
    });
  const age = (entityRef: string, interval: string) =>
    database.knex.raw(
      'UPDATE sent_notifications SET sent_at = sent_at - ?::interval WHERE entity_ref = ?',
      [interval, entityRef],
    );

  it('succeed once per topic within the repeat time', async () => {
    const ref = 'component:default/repeat';
    expect(await claim(ref, 'failover')).toBe(true);
    expect(await claim(ref, 'failover')).toBe(false);
    await age(ref, '23 hours');
    expect(await claim(ref, 'failover')).toBe(false);
    await age(ref, '2 hours');
    expect(await claim(ref, 'failover')).toBe(true);
  });

  it('succeed for a limited number of topics per hour and entity', async () => {
    const ref = 'component:default/limit';
    expect(await claim(ref, 'one')).toBe(true);
    expect(await claim(ref, 'two')).toBe(true);
    expect(await claim(ref, 'three')).toBe(false);
    expect(await claim('component:default/other', 'three')).toBe(true);
    await age(ref, '61 minutes');
    expect(await claim(ref, 'three')).toBe(true);
  });

  it('succeed on one replica only', async () => {
    const ref = 'component:default/replicas';
    const claims = await Promise.all(
      Array.from({ length: 5 }, () => claim(ref, 'failover')),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });
});

import {
  startTestPostgres,
  type TestDatabase,
  type TestDatabases,
} from '../../testUtils';
import { findEntityId } from '../../database/entities/findEntityId';
import { seedRequests } from '../../testUtils/seedRequests';
import { compactEntity } from './compactEntity';
import { EnvironmentNotes } from './EnvironmentNotes';

jest.setTimeout(60_000);

describe('EnvironmentNotes', () => {
  let databases: TestDatabases;
  let database: TestDatabase;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  beforeEach(async () => {
    database = await databases.createTestDatabase();
  });
  afterEach(() => database.destroy());
  afterAll(() => databases.stop());

  /** Stores a request as an older version does, which knows no summary. */
  async function storeAsBefore(environment: string) {
    const { knex } = database;
    const entityRef = 'component:default/shop';
    await seedRequests(knex, { entityRef, environment }, [
      { startedAt: new Date(), instance: 'i-1' },
    ]);
    await knex('request_environments').where({ environment }).delete();
    return (await findEntityId(knex, entityRef))!;
  }

  it('adds environments of an older version at the next compaction', async () => {
    const { knex } = database;
    const notes = new EnvironmentNotes();
    const entityId = await storeAsBefore('test');
    await compactEntity(knex, entityId, new Date(), undefined, notes);
    const [instance] = await knex('instances');
    expect(await knex('request_environments')).toEqual([
      {
        entity_id: entityId,
        environment: 'test',
        first_seen_at: instance.first_seen_at,
      },
    ]);
    await storeAsBefore('production');
    await compactEntity(knex, entityId, new Date(), undefined, notes);
    expect(await knex('request_environments').pluck('environment')).toEqual(
      expect.arrayContaining(['test', 'production']),
    );
  });

  it('asks the database once for what it noted', async () => {
    const { knex } = database;
    const notes = new EnvironmentNotes();
    const entityId = await storeAsBefore('test');
    await notes.note(knex, entityId, ['test', 'test']);
    const statements: string[] = [];
    knex.on('query', ({ sql }) => statements.push(sql));
    await notes.note(knex, entityId, ['test']);
    expect(statements).toEqual([]);
  });
});

import knexFactory from 'knex';
import { mockServices } from '@backstage/backend-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { createTestToken } from '../../testUtils/createTestToken';
import { testCitusUrl } from '../../testUtils/TestCitus';
import { openDatabase } from '../openDatabase';
import { queryRows } from '../queryRows';
import { distributeTables } from './distributeTables';
import { findLocalRows, moveTable, removeLocalRows } from './moveTable';
import { recordPlacementVersion } from './placementVersion';
import { readCitusTables } from './readCitusTables';
import { PLACEMENT_VERSION } from './tablePlacement';

jest.setTimeout(120_000);

if (!testCitusUrl()) {
  process.stderr.write(
    '\nNOT RUN: moving tables of a distributed database. Set CLOUDTRACE_TEST_CITUS to the URL of a database on a coordinator.\n',
  );
}

(testCitusUrl() ? describe : describe.skip)('a distributed database', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases.stop());

  const distribute = async () => {
    const { knex } = await databases.createTestDatabase();
    const messages: string[] = [];
    const moved = await distributeTables(
      knex,
      { shardCount: 4 },
      { info: message => messages.push(message) },
    );
    return { moved, messages };
  };

  it('returns tokens that an older version copied to all servers', async () => {
    const { knex } = await databases.createTestDatabase();
    await createTestToken(knex, 'component:default/shop');
    await knex.raw(`SELECT create_reference_table('ingest_tokens')`);
    const moved = await distributeTables(
      knex,
      { shardCount: 4 },
      { info: () => undefined },
    );
    expect(moved).toEqual([{ table: 'ingest_tokens', rows: 1 }]);
    expect((await readCitusTables(knex)).has('ingest_tokens')).toBe(false);
    expect(
      await queryRows(knex, 'SELECT version FROM table_placement'),
    ).toEqual([{ version: PLACEMENT_VERSION }]);
  });

  it('has a time limit for statements of pages', async () => {
    const { connectionString } = await databases.createTestDatabase();
    const pool = knexFactory({ client: 'pg', connection: connectionString });

    try {
      await openDatabase({
        database: mockServices.database.mock({ getClient: async () => pool }),
        config: { distribution: { shardCount: 4 } },
        logger: mockServices.logger.mock(),
      });
      expect(await queryRows(pool, 'SHOW statement_timeout')).toEqual([
        { statement_timeout: '30s' },
      ]);
    } finally {
      await pool.destroy();
    }
  });

  it('stays as a newer version placed it', async () => {
    const { knex } = await databases.createTestDatabase();
    await knex.raw(`SELECT create_reference_table('ingest_tokens')`);
    await recordPlacementVersion(knex, PLACEMENT_VERSION + 1);
    try {
      const messages: string[] = [];
      const moved = await distributeTables(
        knex,
        { shardCount: 4 },
        { info: message => messages.push(message) },
      );
      expect(moved).toEqual([]);
      expect(messages).toEqual([
        'A newer version of CloudTrace has distributed the tables; they stay where they are',
      ]);
      expect((await readCitusTables(knex)).has('ingest_tokens')).toBe(true);
    } finally {
      await recordPlacementVersion(knex, PLACEMENT_VERSION);
      await distribute();
    }
  });

  it('moves a table while somebody reads it, and others read on', async () => {
    const { knex } = await databases.createTestDatabase();
    await knex.raw('DROP TABLE IF EXISTS moved');
    await knex.raw('CREATE TABLE moved (entity_id int4 NOT NULL)');
    await knex.raw('INSERT INTO moved SELECT generate_series(1, 1000)');
    const count = (tx = knex) =>
      queryRows(tx, 'SELECT count(*)::int AS count FROM moved');
    const reader = await knex.transaction();
    try {
      expect(await count(reader)).toEqual([{ count: 1000 }]);
      await moveTable(knex, {
        table: 'moved',
        sql: `SELECT create_distributed_table(?, 'entity_id', colocate_with => 'none', shard_count => 2)`,
        bindings: ['moved'],
      });
      expect(await findLocalRows(knex, ['moved'])).toEqual(['moved']);
      let removed = false;
      const removal = removeLocalRows(knex, 'moved', {
        lockTimeoutMs: 200,
        pauseMs: 50,
      }).then(() => {
        removed = true;
      });
      for (let i = 0; i < 20; i++) {
        await sleep(20);
        expect(await count()).toEqual([{ count: 1000 }]);
      }
      expect(removed).toBe(false);
      await reader.commit();
      await removal;
      expect(await findLocalRows(knex, ['moved'])).toEqual([]);
      expect(await count()).toEqual([{ count: 1000 }]);
    } finally {
      if (!reader.isCompleted()) await reader.rollback();
      await knex.raw('DROP TABLE moved');
    }
  });
});

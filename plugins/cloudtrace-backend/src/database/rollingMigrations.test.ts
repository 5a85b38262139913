import { readdirSync } from 'node:fs';
import type { Knex } from 'knex';
import { startTestPostgres, type TestDatabases } from '../testUtils';
import { RollingRules } from '../testUtils/RollingRules';

jest.setTimeout(120_000);
const DIRECTORY = `${__dirname}/../../migrations`;

/**
 * What the version before a migration cannot stand, and why it may be so. Add
 * nothing here without a reason that holds while replicas are replaced.
 */
const ACCEPTED: Record<string, string[]> = {
  // An older replica cannot record that it did not collect. It does not matter:
  // the lease makes it stop collecting, and the next replica records its own.
  '20261129130000_fleet_part_gaps.js': [
    'fleet_gaps loses the constraint fleet_gaps_pkey',
    'fleet_gaps.part becomes NOT NULL',
    'fleet_gaps gets a constraint',
  ],
  // The new key has a column more. Older versions insert with ON CONFLICT DO
  // NOTHING, which names no columns; migrations.test.ts does the same.
  '20261130120000_instance_kinds.js': [
    'instances gets a constraint',
    'instances loses the constraint instances_entity_id_environment_instance_key_zone_key',
  ],
};

describe('migrations', () => {
  let databases: TestDatabases;
  let knex: Knex;
  let rules: RollingRules;
  beforeAll(async () => {
    databases = await startTestPostgres();
    ({ knex } = await databases.createEmptyDatabase());
    rules = await RollingRules.load();
  });
  afterAll(() => databases?.stop());

  it('let the version before go on until its replicas are replaced', async () => {
    const breaking: Record<string, string[]> = {};
    for (const name of readdirSync(DIRECTORY).sort()) {
      const statements: string[] = [];
      const record = ({ sql }: { sql: string }) => statements.push(sql);
      knex.on('query', record);
      await knex.migrate.up({ directory: DIRECTORY, name });
      knex.removeListener('query', record);
      const found = rules.violations(
        statements.filter(sql => !sql.includes('knex_migrations')),
      );
      if (found.length > 0) breaking[name] = found;
    }
    expect(breaking).toEqual(ACCEPTED);
  });
});

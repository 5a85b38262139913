import { SELECT_LINKED_ENVIRONMENTS } from '../../fleet/database/selectLinkedEnvironments';
import { SELECT_REQUEST_ENVIRONMENTS } from '../../requests/database/selectRequestEnvironments';
import { startTestPostgres, type TestDatabases } from '../../testUtils';
import { seedRequests } from '../../testUtils/seedRequests';
import { SELECT_TOKEN_ENVIRONMENTS } from '../../tokens/database/selectTokenEnvironments';
import { listKnownEnvironments } from './listKnownEnvironments';

jest.setTimeout(60_000);

const ENTITY_REF = 'component:default/shop';

describe('listKnownEnvironments', () => {
  let databases: TestDatabases;
  beforeAll(async () => {
    databases = await startTestPostgres();
  });
  afterAll(() => databases?.stop());

  it('lists each environment once, whichever areas know it', async () => {
    const { knex, destroy } = await databases.createTestDatabase();
    try {
      for (const environment of ['production', 'staging']) {
        await seedRequests(knex, { entityRef: ENTITY_REF, environment }, [
          { startedAt: new Date(), instance: 'i-1' },
          { startedAt: new Date(), instance: 'i-2' },
        ]);
      }
      for (const environment of ['production', 'token-only']) {
        await knex.raw(
          `INSERT INTO ingest_tokens (token_id, entity_id, entity_ref, environment, kind, name,
                                      secret_hash, created_by, expires_at)
           VALUES (?, 1, ?, ?, 'requests', '', '', 'user:default/guest', now())`,
          [environment, ENTITY_REF, environment],
        );
      }
      await knex.raw(
        `WITH r AS (INSERT INTO fleet_resources (provider, external_id, type, name)
                    VALUES ('fake', 'g', 'target-group', 'g') RETURNING resource_id)
         INSERT INTO fleet_links (entity_ref, environment, resource_id, locator, detail)
         SELECT ?, 'linked', resource_id, 'annotation', '' FROM r`,
        [ENTITY_REF],
      );

      const list = async (selects: string[]) =>
        (await listKnownEnvironments(knex, selects)).map(
          row => `${row.entityRef} ${row.environment}`,
        );
      expect(
        await list([SELECT_REQUEST_ENVIRONMENTS, SELECT_TOKEN_ENVIRONMENTS]),
      ).toEqual([
        `${ENTITY_REF} production`,
        `${ENTITY_REF} staging`,
        `${ENTITY_REF} token-only`,
      ]);
      expect(await list([SELECT_LINKED_ENVIRONMENTS])).toEqual([
        `${ENTITY_REF} linked`,
      ]);
    } finally {
      await destroy();
    }
  });
});
